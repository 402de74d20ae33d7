import type { Scalar } from '../scalar.ts';
import { type Anchor, type AnchorIndex, type AnchorKind, buckets } from './anchor.ts';

/** A value that is equal to the key, or (folded) equal but for its case. */
function kind(name: string, keyOf: (value: Scalar) => Scalar): AnchorKind {
  return {
    name,
    open<T>(): AnchorIndex<T> {
      const filed = buckets<Scalar, T>();
      return {
        file: (key, thing) => filed.add(key as Scalar, thing),
        find: (value, tell) => filed.tell(keyOf(value), tell),
      };
    },
  };
}

/** Equal for all texts that differ in case alone: both ways through, since some letters have no partner of their own. */
export const folded = (text: string) => text.toLowerCase().toUpperCase();

const EQUAL = kind('equal', (value) => value);
const FOLDED = kind('folded', (value) => (typeof value === 'string' ? folded(value) : value));

export const equalTo = (value: Scalar): Anchor => ({ kind: EQUAL, key: value, place: `${typeof value} ${value}` });
export const equalButForCase = (text: string): Anchor => ({ kind: FOLDED, key: folded(text), place: folded(text) });
