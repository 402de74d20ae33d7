import { timingSafeEqual } from 'node:crypto';
import { type Context, Hono } from 'hono';
import { cors } from 'hono/cors';
import { MESSAGE_TYPES } from '../../shared/events/index.ts';
import { BusRefused, putEvents } from '../ports/bus/index.ts';
import { now } from '../ports/clock/index.ts';
import { environment } from '../ports/environment.ts';
import { ApiError, type Problem } from './errors.ts';
import { readPosted } from './intake-body.ts';
import { readMessages, type Sent } from './intake-messages.ts';
import type { Env } from './roles.ts';

export const intake = new Hono<Env>();

/** Web pages send from wherever they are; a write key allows nothing but sending. */
intake.use('/v1/*', cors({ origin: '*', allowHeaders: ['content-type', 'authorization'], maxAge: 86_400 }));

for (const type of MESSAGE_TYPES) {
  // Segment's browser library posts to the first letter.
  for (const path of [`/v1/${type}`, `/v1/${type[0]}`]) {
    intake.post(path, async (context) => {
      const { writeKey, ...message } = await readPosted(context);
      authorise(context, writeKey);
      return take(context, [{ message: { ...message, type }, place: '' }], undefined);
    });
  }
}

for (const path of ['/v1/batch', '/v1/b', '/v1/import']) {
  intake.post(path, async (context) => {
    const { writeKey, batch, context: shared, sentAt } = await readPosted(context);
    authorise(context, writeKey);
    if (!Array.isArray(batch) || batch.length === 0) throw new ApiError(400, NO_BATCH);
    return take(
      context,
      batch.map((message, index) => ({ message: withShared(message, shared), place: `batch.${index}` })),
      sentAt,
    );
  });
}

/**
 * Answers as Segment does: 200 also where single messages are wrong (they are kept and shown, and named in `problems`),
 * 400 where the request itself is, and then nothing of it becomes an event.
 */
async function take(context: Context, sent: readonly Sent[], sentAt: unknown) {
  const { events, problems, oversized } = readMessages(sent, sentAt, now());
  try {
    await putEvents(oversized ? events.filter(({ detailType }) => detailType === 'refused') : events);
  } catch (error) {
    if (error instanceof BusRefused) throw new ApiError(503, BUSY);
    throw error;
  }
  if (oversized) throw new ApiError(400, OVERSIZED, { success: false, diagnostics: problems });
  return context.json({ success: true, ...(problems.length > 0 ? { problems } : {}) });
}

/** What a batch says for all its messages; a message's own context wins, and its own key is not for keeping. */
function withShared(message: unknown, shared: unknown): unknown {
  if (typeof message !== 'object' || message === null || Array.isArray(message)) return message;
  const { writeKey: _, ...own } = message as Record<string, unknown>;
  return shared === undefined ? own : { context: shared, ...own };
}

/** The write key comes as the user of basic auth, as Segment's libraries send it, or in the body, as browsers do. */
function authorise(context: Context, inBody: unknown): void {
  const basic = /^Basic (.+)$/.exec(context.req.header('authorization') ?? '')?.[1];
  const inHeader = basic === undefined ? undefined : Buffer.from(basic, 'base64').toString('utf8').split(':')[0];
  const key = inHeader ?? (typeof inBody === 'string' ? inBody : '');
  const known = environment('WRITE_KEYS')
    .split(',')
    .map((one) => one.trim());
  if (!known.some((one) => one !== '' && same(one, key))) throw new ApiError(401, WRONG_KEY);
}

function same(a: string, b: string): boolean {
  const [x, y] = [Buffer.from(a), Buffer.from(b)];
  return x.length === y.length && timingSafeEqual(x, y);
}

const WRONG_KEY: Problem = {
  code: 'wrong-write-key',
  message: { zh: '写入密钥不对。', en: 'The write key is not known.' },
  next: {
    zh: '用 Basic 认证，用户名填写入密钥，密码留空。',
    en: 'Send it as the user name of basic authentication, with an empty password.',
  },
};

const NO_BATCH: Problem = {
  code: 'batch-empty',
  at: 'batch',
  message: {
    zh: '没有 batch，或者它不是有内容的列表。',
    en: 'There is no batch, or it is not a list that holds something.',
  },
  next: { zh: '请发送 { "batch": [ 消息… ] }。', en: 'Send { "batch": [ messages… ] }.' },
};

const OVERSIZED: Problem = {
  code: 'message-too-large',
  message: {
    zh: '有消息超过 32 KB，这次请求整个没有收下。',
    en: 'A message has more than 32 KB; nothing of this request was taken.',
  },
  next: {
    zh: '去掉或缩小下面列出的消息，其余的原样重发。',
    en: 'Take out or shrink the messages listed below, and send the rest again.',
  },
};

const BUSY: Problem = {
  code: 'bus-busy',
  message: { zh: '暂时收不下这些事件。', en: 'The events cannot be taken in at the moment.' },
  next: {
    zh: '稍后原样重发；重复的会被识别出来。',
    en: 'Send them again later as they are; repetitions are recognised.',
  },
};
