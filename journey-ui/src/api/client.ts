import type { Diagnostic } from '../../../shared/diagnostics.ts';
import type { Words } from '../../../shared/words.ts';
import { authorization, refused } from '../sign-in/session.ts';
import type { Page } from './types.ts';

/** A call the API refused: what happened and what to do, in both languages. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  /** Absent when the service could not be reached or understood. */
  readonly words: Words | undefined;
  readonly next: Words | undefined;
  readonly diagnostics: readonly Diagnostic[];
  readonly body: unknown;

  constructor(status: number, body: unknown) {
    const answer = (body ?? {}) as {
      error?: { code?: string; message?: Words | string; next?: Words };
      diagnostics?: readonly Diagnostic[];
    };
    const told = answer.error?.message;
    const words = typeof told === 'string' ? { zh: told, en: told } : told;
    super(words?.en ?? `HTTP ${status}`);
    this.status = status;
    this.code = answer.error?.code ?? 'Unknown';
    this.words = words;
    this.next = answer.error?.next;
    this.diagnostics = answer.diagnostics ?? [];
    this.body = body;
  }
}

/** What the service found wrong with what was sent. */
export const problemsOf = (error: unknown): readonly Diagnostic[] =>
  error instanceof ApiError ? error.diagnostics : [];

async function send(method: string, path: string, body: unknown): Promise<Response> {
  const mine = path.startsWith('/api/') ? await authorization() : {};
  const headers: Record<string, string> = { accept: 'application/json', ...mine };
  if (body !== undefined) headers['content-type'] = 'application/json';
  try {
    return await fetch(path, { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) });
  } catch (cause) {
    throw Object.assign(new ApiError(0, undefined), { cause });
  }
}

/** One JSON call, as the person who signed in. Throws ApiError for every answer that is not 2xx. */
export async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
  let response = await send(method, path, body);
  if (response.status === 401 && (await refused())) response = await send(method, path, body);
  const isJson = response.headers.get('content-type')?.includes('json') ?? false;
  const answer: unknown = isJson ? await response.json() : undefined;
  if (!response.ok) throw new ApiError(response.status, answer);
  if (!isJson && response.status !== 204) throw new ApiError(response.status, undefined);
  return answer as T;
}

/** A text that comes in pages, as the person who signed in; `cursor` leads to the next. */
export async function text(path: string): Promise<{ body: string; cursor?: string }> {
  let response = await send('GET', path, undefined);
  if (response.status === 401 && (await refused())) response = await send('GET', path, undefined);
  if (!response.ok) throw new ApiError(response.status, await response.json().catch(() => undefined));
  const cursor = response.headers.get('x-next-cursor');
  return { body: await response.text(), ...(cursor !== null && { cursor }) };
}

export const get = <T>(path: string): Promise<T> => call<T>('GET', path);

/** So many requests in a row may find nothing before a person is asked whether to go on. */
const MOST_EMPTY = 20;

/**
 * A page of a list. Where the service looked through a piece of it and found nothing there, it is asked for the next
 * piece, so that an empty answer means nothing found; an empty one with a cursor, that nothing was found so far.
 */
export async function page<T>(
  at: (cursor: string | undefined) => string,
  from: string | undefined,
  signal: AbortSignal,
): Promise<Page<T>> {
  let found = await get<Page<T>>(at(from));
  for (let asked = 1; found.items.length === 0 && found.cursor !== undefined && asked < MOST_EMPTY; asked++) {
    signal.throwIfAborted();
    found = await get<Page<T>>(at(found.cursor));
  }
  return found;
}

/** A query string of the values that are there. */
export function query(values: Record<string, string | number | undefined>): string {
  const pairs = Object.entries(values).filter(([, v]) => v !== undefined && v !== '');
  return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs.map(([k, v]) => [k, String(v)]))}`;
}
