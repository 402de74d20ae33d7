import { deflateRawSync, inflateRawSync } from 'node:zlib';

/** A row is paid by the kilobyte and has other attributes too: above this a body would soon cost a second one. */
const PLAIN_BYTES = 512;
/** What is packed is small: with less room than zlib's own it is done a third sooner, and comes out the same. */
const SMALL = { memLevel: 5, windowBits: 13 };

/** A row's JSON text as its `body`: as it is where it is short, else packed (raw deflate, a third to a half of it). */
export function bodyOf(text: string): string | Uint8Array {
  return Buffer.byteLength(text) <= PLAIN_BYTES ? text : deflateRawSync(text, SMALL);
}

/** The JSON text in a `body`. */
export function textIn(body: unknown): string {
  return typeof body === 'string' ? body : inflateRawSync(body as Uint8Array).toString('utf8');
}

/** As `textIn`, from a stream record, whose bytes are base64; undefined when there is no body. */
export function textInImage(body: { S?: string; B?: string } | undefined): string | undefined {
  if (body?.B !== undefined) return textIn(Buffer.from(body.B, 'base64'));
  return body?.S;
}
