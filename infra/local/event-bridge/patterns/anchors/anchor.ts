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
  open<T extends object>(): AnchorIndex<T>;
}

export interface AnchorIndex<T> {
  file(key: unknown, thing: T): void;
  /** Tells of everything filed under a key that the value leads to; it may tell of more, never of less. */
  find(value: Scalar, tell: (thing: T) => void): void;
}

/** Things by exact keys: several under one, which is seldom, so the first stands there itself. */
export function buckets<K, T extends object>(): {
  add(key: K, thing: T): void;
  tell(key: K, tell: (thing: T) => void): void;
} {
  const first = new Map<K, T>();
  const more = new Map<K, T[]>();
  return {
    add(key, thing) {
      if (!first.has(key)) first.set(key, thing);
      else more.set(key, [...(more.get(key) ?? []), thing]);
    },
    tell(key, tell) {
      const thing = first.get(key);
      if (thing === undefined) return;
      tell(thing);
      if (more.size > 0) for (const other of more.get(key) ?? []) tell(other);
    },
  };
}
