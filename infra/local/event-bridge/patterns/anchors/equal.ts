import type { Scalar } from '../scalar.ts';
import { type Anchor, type AnchorIndex, type AnchorKind, buckets } from './anchor.ts';

/** A value that is equal to the key, or (folded) equal but for its case. `only`: of these values. */
function kind(name: string, keyOf: (value: Scalar) => Scalar, only?: (value: Scalar) => boolean): AnchorKind {
  return {
    name,
    open<T extends object>(): AnchorIndex<T> {
      const filed = buckets<Scalar, T>();
      return {
        file: (key, thing) => filed.add(key as Scalar, thing),
        find: only
          ? (value, tell) => filed.tell(keyOf(value), (thing) => only(value) && tell(thing))
          : (value, tell) => filed.tell(keyOf(value), tell),
      };
    },
  };
}

/** Equal for all texts that differ in case alone: both ways through, since some letters have no partner of their own. */
export const folded = (text: string) => text.toLowerCase().toUpperCase();

const EQUAL = kind('equal', (value) => value);
const FOLDED = kind('folded', (value) => (typeof value === 'string' ? folded(value) : value));

/** Texts of ASCII are equal but for their case to no others. */
const ASCII = /^[\0-\x7f]*$/;
const PLAIN_FOLDED = kind(
  'plain folded',
  (value) => (typeof value === 'string' ? value.toLowerCase() : value),
  (value) => ASCII.test(String(value)),
);

export const isAscii = (text: string): boolean => ASCII.test(text);

/** For a text of ASCII; it decides. */
export const equalButForAsciiCase = (text: string): Anchor => ({
  kind: PLAIN_FOLDED,
  key: text.toLowerCase(),
  place: text.toLowerCase(),
});
export const equalTo = (value: Scalar): Anchor => ({ kind: EQUAL, key: value, place: `${typeof value} ${value}` });
export const equalButForCase = (text: string): Anchor => ({ kind: FOLDED, key: folded(text), place: folded(text) });
