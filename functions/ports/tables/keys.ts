import { createHash } from 'node:crypto';

/** DynamoDB's own limits (bytes). */
const MAX_PK = 2048;
const MAX_SK = 1024;

/** Could there be a row of this key? Asking for one of another is an error. */
export const isKey = ({ pk, sk }: { readonly pk: string; readonly sk: string }): boolean =>
  pk !== '' && sk !== '' && Buffer.byteLength(pk) <= MAX_PK && Buffer.byteLength(sk) <= MAX_SK;

/** Sorts after every other text that a key may go on with: emoji lie behind U+FFFF. */
export const LAST = '\u{10ffff}';

/** As DynamoDB sorts keys, by their bytes in UTF-8; JavaScript's `<` puts emoji before some letters. */
export function keyOrder(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const [x, y] = [a.charCodeAt(i), b.charCodeAt(i)];
    if (x !== y) return rank(x) - rank(y);
  }
  return a.length - b.length;
}

/** Halves of characters beyond U+FFFF come last. */
const rank = (unit: number): number => (unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit);

/**
 * A sort key that an outsider's text makes too long, cut, with a fingerprint of all of it; others as they are. Half of a
 * character, which a cut here or before leaves, is replaced: a key that is no text cannot be written.
 */
export function shortKey(sk: string): string {
  if (sk.length <= MAX_SK / 3 || Buffer.byteLength(sk) <= MAX_SK) return sk.toWellFormed();
  return `${sk.slice(0, CUT).toWellFormed()}…${createHash('sha256').update(sk).digest('hex')}`;
}

/** Of three bytes each, this many leave room for the fingerprint. */
const CUT = 300;
