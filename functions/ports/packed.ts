import { gunzipSync, gzipSync } from 'node:zlib';

/** A JSON value as gzip: a journey of a thousand nodes stays far below an item's 400 KB. */
export const pack = (value: unknown): Uint8Array => gzipSync(JSON.stringify(value));

export const unpack = <T>(bytes: unknown): T => JSON.parse(gunzipSync(bytes as Uint8Array).toString('utf8')) as T;
