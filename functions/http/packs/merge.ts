import { createHash } from 'node:crypto';

/** What an install left behind, by kind of thing and id: fingerprints, to tell what people have changed since. */
export type Fingerprints = Readonly<Record<string, string>>;

/** The same for equal values, whatever the order of their keys. */
export const fingerprint = (value: unknown): string =>
  createHash('sha256')
    .update(JSON.stringify(sorted(value)))
    .digest('hex')
    .slice(0, 16);

export interface Merged<T> {
  readonly all: readonly T[];
  /** New, or brought up to date. */
  readonly changed: readonly T[];
  /** Ids of things that the pack has otherwise now, and that stay as people made them, or gone as they wanted. */
  readonly kept: readonly string[];
  /** Ids of things that the pack has no more and nobody touched. */
  readonly gone: readonly string[];
}

/**
 * Puts a pack's things among those that are there. New ones are added; those that nobody has touched since the last
 * install are brought up to date, or taken out where the pack has them no more; what people have changed or deleted is
 * left as they want it.
 */
export function merge<T>(
  there: readonly T[],
  brought: readonly T[],
  idOf: (thing: T) => string,
  installed: Fingerprints,
): Merged<T> {
  const known = new Map(there.map((thing) => [idOf(thing), thing]));
  const untouched = (thing: T): boolean => fingerprint(thing) === installed[idOf(thing)];
  const isNew = (thing: T): boolean => {
    const before = installed[idOf(thing)];
    return before === undefined || before !== fingerprint(thing);
  };
  const changed = brought.filter((thing) => {
    const current = known.get(idOf(thing));
    if (current === undefined) return installed[idOf(thing)] === undefined;
    return untouched(current) && fingerprint(current) !== fingerprint(thing);
  });
  const kept = brought.filter((thing) => {
    const current = known.get(idOf(thing));
    if (!isNew(thing) || changed.includes(thing)) return false;
    return current === undefined || fingerprint(current) !== fingerprint(thing);
  });
  const here = new Set(brought.map(idOf));
  const dropped = there.filter((thing) => idOf(thing) in installed && !here.has(idOf(thing)));
  const gone = dropped.filter(untouched).map(idOf);
  const replaced = new Map(changed.map((thing) => [idOf(thing), thing]));
  const left = there.filter((thing) => !gone.includes(idOf(thing))).map((thing) => replaced.get(idOf(thing)) ?? thing);
  return {
    all: [...left, ...changed.filter((thing) => !known.has(idOf(thing)))],
    changed,
    kept: [...kept, ...dropped.filter((thing) => !untouched(thing))].map(idOf),
    gone,
  };
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).filter(([, one]) => one !== undefined);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, one]) => [key, sorted(one)]));
}
