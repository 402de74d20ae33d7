import type { Diagnostic } from '../../shared/diagnostics.ts';
import type { Words } from '../../shared/words.ts';

export type ErrorStatus = 400 | 401 | 403 | 404 | 409 | 422 | 503;

export interface Problem {
  /** Stable. */
  readonly code: string;
  readonly message: Words;
  readonly next: Words;
  /** Where: a field path; without it, the address that was asked. */
  readonly at?: string;
}

/** A request that cannot be served, as the caller is told. */
export class ApiError extends Error {
  readonly status: ErrorStatus;
  readonly code: string;
  readonly body: Record<string, unknown>;
  constructor(
    status: ErrorStatus,
    error: Problem,
    more: { diagnostics?: readonly Diagnostic[]; [field: string]: unknown } = {},
  ) {
    super(error.message.en);
    this.name = 'ApiError';
    this.status = status;
    this.code = error.code;
    this.body = { error, ...more };
  }
}

/** What the caller is told: every mistake has its place. */
export const answerOf = ({ body }: ApiError, address: string): Record<string, unknown> => ({
  ...body,
  error: { at: address, ...(body['error'] as Problem) },
});

/** There is no such thing (any more). */
export const notFound = (what: Words): ApiError =>
  new ApiError(404, {
    code: 'not-found',
    message: { zh: `没有找到${what.zh}。`, en: `${what.en} was not found.` },
    next: { zh: '检查链接是否正确，它也可能已被删除。', en: 'Check the link; it may have been deleted.' },
  });

/** What is not found, most of all. */
export const THIS_JOURNEY: Words = { zh: '这个旅程', en: 'The journey' };
export const THIS_VERSION: Words = { zh: '这个版本', en: 'This version' };

/** Somebody else saved first; `current` is what there is now. */
export const conflict = (current: unknown): ApiError =>
  new ApiError(
    409,
    {
      code: 'conflict',
      message: {
        zh: '在你编辑的时候，别人已经保存了新的版本。',
        en: 'Somebody else saved a newer version while you were editing.',
      },
      next: { zh: '载入最新版本，或用你的版本覆盖它。', en: 'Load the newest version, or overwrite it with yours.' },
    },
    { current },
  );

/** Mistakes in what was sent, each with its place. */
export const invalid = (diagnostics: readonly Diagnostic[]): ApiError =>
  new ApiError(
    422,
    {
      code: 'invalid',
      message: { zh: '内容有错误，没有保存。', en: 'There are mistakes; nothing was saved.' },
      next: { zh: '按下面列出的位置逐一修改。', en: 'Correct the places listed below.' },
    },
    { diagnostics },
  );
