import { randomUUID, timingSafeEqual } from 'node:crypto';
import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { MESSAGE_TYPES } from '../../shared/events/index.ts';
import { BusRefused, putEvents } from '../ports/bus/index.ts';
import { environment } from '../ports/environment.ts';
import { ApiError } from './errors.ts';
import { readBody } from './read.ts';
import type { Env } from './roles.ts';

/** Only the frame is looked at here; a message that breaks the contract is kept, with its reason, by events/ingest. */
const messageSchema = z.looseObject({ writeKey: z.string().optional() });
const batchSchema = z.looseObject({
  batch: z.array(messageSchema).min(1).max(500),
  context: z.record(z.string(), z.unknown()).optional(),
  writeKey: z.string().optional(),
});

export const intake = new Hono<Env>();

for (const type of MESSAGE_TYPES) {
  intake.post(`/v1/${type}`, async (context) => {
    const { writeKey, ...message } = await readBody(context, messageSchema);
    authorise(context, writeKey);
    return put(context, [{ ...message, type }]);
  });
}

intake.post('/v1/batch', async (context) => {
  const { batch, context: shared, writeKey } = await readBody(context, batchSchema);
  authorise(context, writeKey);
  const messages = batch.map(({ writeKey: _, ...message }) => message);
  return put(
    context,
    messages.map((message) => (shared === undefined ? message : { context: shared, ...message })),
  );
});

async function put(context: Context, messages: readonly Record<string, unknown>[]) {
  // A message without an id cannot be told from its repetition; libraries always send one, curl does not.
  const details = messages.map((message) => ({ messageId: randomUUID(), ...message }));
  try {
    await putEvents(
      details.map((detail) => ({ source: 'intake', detailType: String((detail as { type?: unknown }).type), detail })),
    );
  } catch (error) {
    if (error instanceof BusRefused) throw new ApiError(503, BUSY);
    throw error;
  }
  return context.json({ success: true });
}

/** The write key comes as the user of basic auth, as Segment's libraries send it, or in the body, as browsers do. */
function authorise(context: Context, inBody: string | undefined): void {
  const basic = /^Basic (.+)$/.exec(context.req.header('authorization') ?? '')?.[1];
  const inHeader = basic === undefined ? undefined : Buffer.from(basic, 'base64').toString('utf8').split(':')[0];
  const key = inHeader ?? inBody ?? '';
  const known = environment('WRITE_KEYS')
    .split(',')
    .map((one) => one.trim());
  if (!known.some((one) => one !== '' && same(one, key))) throw new ApiError(401, WRONG_KEY);
}

function same(a: string, b: string): boolean {
  const [x, y] = [Buffer.from(a), Buffer.from(b)];
  return x.length === y.length && timingSafeEqual(x, y);
}

const WRONG_KEY = {
  code: 'wrong-write-key',
  message: { zh: '写入密钥不对。', en: 'The write key is not known.' },
  next: {
    zh: '用 Basic 认证，用户名填写入密钥，密码留空。',
    en: 'Send it as the user name of basic authentication, with an empty password.',
  },
};

const BUSY = {
  code: 'bus-busy',
  message: { zh: '暂时收不下这些事件。', en: 'The events cannot be taken in at the moment.' },
  next: {
    zh: '稍后原样重发；重复的会被识别出来。',
    en: 'Send them again later as they are; repetitions are recognised.',
  },
};
