import type { Scalar } from '../scalar.ts';

/** Where something is filed: a kind of index, and a key in it. */
export interface Anchor {
  readonly kind: AnchorKind;
  readonly key: unknown;
  /** How many other things share this place, compared with other anchors: the fewer the better. */
  readonly place: string;
}

/** A way of finding filed things from a value without looking at all of them. A new one is a file here. */
export interface AnchorKind {
  readonly name: string;
  open<T>(): AnchorIndex<T>;
}

export interface AnchorIndex<T> {
  file(key: unknown, thing: T): void;
  /** Tells of everything filed under a key that the value leads to; it may tell of more, never of less. */
  find(value: Scalar, tell: (thing: T) => void): void;
}

/** Things by exact keys: several under one. */
export function buckets<K, T>(): { add(key: K, thing: T): void; tell(key: K, tell: (thing: T) => void): void } {
  const map = new Map<K, T[]>();
  return {
    add(key, thing) {
      const things = map.get(key);
      if (things) things.push(thing);
      else map.set(key, [thing]);
    },
    tell(key, tell) {
      const things = map.get(key);
      if (things) for (const thing of things) tell(thing);
    },
  };
}
