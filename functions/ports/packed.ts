import { gunzipSync, gzipSync } from 'node:zlib';

/** An item holds 400 KB; this leaves room for what else is in it. */
export const MAX_PACKED_BYTES = 350_000;

/** A JSON value as gzip: a journey of a thousand nodes stays far below an item's 400 KB. */
export const pack = (value: unknown): Uint8Array => gzipSync(JSON.stringify(value));

export const unpack = <T>(bytes: unknown): T => JSON.parse(gunzipSync(bytes as Uint8Array).toString('utf8')) as T;
