import { createHash } from 'node:crypto';

/** What an install left behind, by kind of thing and id: fingerprints, to tell what people have changed since. */
export type Fingerprints = Readonly<Record<string, string>>;

/** The same for equal values, whatever the order of their keys. */
export const fingerprint = (value: unknown): string =>
  createHash('sha256')
    .update(JSON.stringify(sorted(value)))
    .digest('hex')
    .slice(0, 16);

/**
 * Puts a pack's things among those that are there: new ones are added, those that nobody has touched since the last
 * install are brought up to date, and what people have changed is theirs. Nothing is ever taken away.
 */
export function merge<T>(
  there: readonly T[],
  brought: readonly T[],
  idOf: (thing: T) => string,
  installed: Fingerprints,
): { readonly all: readonly T[]; readonly changed: readonly T[] } {
  const known = new Map(there.map((thing) => [idOf(thing), thing]));
  const changed = brought.filter((thing) => {
    const current = known.get(idOf(thing));
    if (current === undefined) return true;
    const now = fingerprint(current);
    return now === installed[idOf(thing)] && now !== fingerprint(thing);
  });
  const replaced = new Map(changed.map((thing) => [idOf(thing), thing]));
  const kept = there.map((thing) => replaced.get(idOf(thing)) ?? thing);
  return { all: [...kept, ...changed.filter((thing) => !known.has(idOf(thing)))], changed };
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).filter(([, one]) => one !== undefined);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, one]) => [key, sorted(one)]));
}
