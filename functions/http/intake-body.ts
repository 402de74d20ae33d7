import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import type { Context } from 'hono';
import { ApiError, type Problem } from './errors.ts';

/** As Segment documents: 500 KB a request, 32 KB a message; more is answered 400, and its libraries give such a one up. */
export const MAX_REQUEST_BYTES = 500 * 1024;
export const MAX_SENT_BYTES = 32 * 1024;

const UNPACK: Readonly<Record<string, (bytes: Buffer, options: { maxOutputLength: number }) => Buffer>> = {
  gzip: gunzipSync,
  'x-gzip': gunzipSync,
  deflate: inflateSync,
  br: brotliDecompressSync,
};

/**
 * The JSON object that was posted, unpacked when it came packed; unpacking stops at the limit, so that a small request
 * cannot fill the memory.
 *
 * @throws ApiError 400, as Segment answers what it cannot read
 */
export async function readPosted(context: Context): Promise<Record<string, unknown>> {
  const posted = Buffer.from(await context.req.arrayBuffer());
  const bytes = unpacked(posted, context.req.header('content-encoding')?.trim().toLowerCase() ?? 'identity');
  if (bytes.length > MAX_REQUEST_BYTES) throw new ApiError(400, TOO_LARGE);
  let body: unknown;
  try {
    body = JSON.parse(bytes.toString('utf8'));
  } catch (cause) {
    throw new ApiError(400, notJson((cause as Error).message));
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw new ApiError(400, NO_OBJECT);
  return body as Record<string, unknown>;
}

function unpacked(bytes: Buffer, encoding: string): Buffer {
  if (encoding === 'identity' || encoding === '') return bytes;
  const unpack = UNPACK[encoding];
  if (unpack === undefined) throw new ApiError(400, unknownEncoding(encoding));
  try {
    return unpack(bytes, { maxOutputLength: MAX_REQUEST_BYTES + 1 });
  } catch (cause) {
    const tooLarge = (cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
    throw new ApiError(400, tooLarge ? TOO_LARGE : notPacked(encoding));
  }
}

const TOO_LARGE: Problem = {
  code: 'request-too-large',
  message: {
    zh: '请求超过 500 KB（解压后），什么都没有收下。',
    en: 'The request has more than 500 KB (unpacked); nothing was taken.',
  },
  next: { zh: '请把这一批拆小后重发。', en: 'Split the batch and send the parts.' },
};

const notJson = (why: string): Problem => ({
  code: 'body-not-json',
  message: {
    zh: `请求内容不是 JSON（${why}），什么都没有收下。`,
    en: `The body is not JSON (${why}); nothing was taken.`,
  },
  next: { zh: '检查括号、引号和逗号。', en: 'Check brackets, quotes and commas.' },
});

const NO_OBJECT: Problem = {
  code: 'body-no-object',
  message: { zh: '请求内容须是一个 JSON 对象。', en: 'The body must be a JSON object.' },
  next: {
    zh: '多条消息请发到 /v1/batch：{ "batch": [ … ] }。',
    en: 'Send several messages to /v1/batch: { "batch": [ … ] }.',
  },
};

const unknownEncoding = (encoding: string): Problem => ({
  code: 'encoding-unknown',
  message: { zh: `不认识的 Content-Encoding「${encoding}」。`, en: `The Content-Encoding “${encoding}” is not known.` },
  next: { zh: '请用 gzip，或不压缩。', en: 'Use gzip, or send it unpacked.' },
});

const notPacked = (encoding: string): Problem => ({
  code: 'body-not-unpackable',
  message: { zh: `请求内容不是完整的 ${encoding} 数据。`, en: `The body is not whole ${encoding} data.` },
  next: { zh: '检查压缩方式与 Content-Encoding 是否一致。', en: 'Check that it is packed as Content-Encoding says.' },
});
