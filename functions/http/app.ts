import { Hono } from 'hono';
import { logger } from '../pipeline.ts';
import { CursorUnknown } from '../ports/tables/index.ts';
import { ApiError, answerOf } from './errors.ts';
import type { Env } from './roles.ts';

/** An empty app whose every error is an answer with code, place, words and next step; a stack trace stays in the log. */
export function createApp(): Hono<Env> {
  const app = new Hono<Env>();
  app.onError((error, context) => {
    const at = context.req.path;
    if (error instanceof ApiError) return context.json(answerOf(error, at), error.status);
    if (error instanceof CursorUnknown) return context.json({ error: CURSOR }, 422);
    logger.error('request-failed', error);
    return context.json({ error: { ...OURS, at } }, 500);
  });
  app.notFound((context) => context.json({ error: { ...NO_ROUTE, at: context.req.path } }, 404));
  return app;
}

const OURS = {
  code: 'internal',
  message: { zh: '服务器出错了。', en: 'Something went wrong on our side.' },
  next: {
    zh: '稍后再试；如果一直出现，请把时间告诉管理员。',
    en: 'Try again; if it keeps happening, tell the operator when.',
  },
};

const CURSOR = {
  code: 'cursor-unknown',
  message: { zh: '这个 cursor 不是这个列表给出的。', en: 'This list did not give that cursor.' },
  next: {
    zh: '从第一页开始，再用它给出的 cursor 往下翻。',
    en: 'Begin with the first page, and go on with the cursor that it gives.',
  },
  at: 'cursor',
};

const NO_ROUTE = {
  code: 'no-such-route',
  message: { zh: '没有这个接口。', en: 'There is no such address.' },
  next: { zh: '接口列表见 docs/contracts.md。', en: 'docs/contracts.md lists the addresses.' },
};
