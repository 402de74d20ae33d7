import type { Ruleset } from './ruleset.ts';

/**
 * A draft that began at `base`, put onto `current`: what the draft changed is as in the draft, everything else as it is
 * now. Where both changed the same thing the draft's goes before; what that is, the diff against `current` shows.
 */
export function rebaseRuleset(base: Ruleset, draft: Ruleset, current: Ruleset): Ruleset {
  const mine = <T>(was: T, is: T, now: T): T => (JSON.stringify(was) === JSON.stringify(is) ? now : is);
  const list = <T>(keyOf: (thing: T) => string, was: readonly T[], is: readonly T[], now: readonly T[]): T[] => {
    const [before, after] = [byKey(was, keyOf), byKey(is, keyOf)];
    const kept = now.flatMap((thing) => {
      const key = keyOf(thing);
      const drafted = after.get(key);
      if (drafted === undefined) return before.has(key) ? [] : [thing];
      return [mine(before.get(key), drafted, thing) as T];
    });
    const there = byKey(now, keyOf);
    const added = is.filter((thing) => {
      const key = keyOf(thing);
      // What the draft left as it was and somebody has removed since stays removed.
      return !there.has(key) && JSON.stringify(before.get(key)) !== JSON.stringify(thing);
    });
    return [...kept, ...added];
  };
  const id = (thing: { readonly id: string }) => thing.id;
  const caps = mine(base.caps, draft.caps, current.caps);
  return {
    version: current.version,
    zone: mine(base.zone, draft.zone, current.zone),
    tags: list(({ key }) => key, base.tags, draft.tags, current.tags),
    groups: list(id, base.groups, draft.groups, current.groups),
    segments: list(id, base.segments ?? [], draft.segments ?? [], current.segments ?? []),
    segmentFamilies: list(id, base.segmentFamilies ?? [], draft.segmentFamilies ?? [], current.segmentFamilies ?? []),
    ...(caps && { caps }),
  };
}

const byKey = <T>(list: readonly T[], keyOf: (thing: T) => string): Map<string, T> =>
  new Map(list.map((thing) => [keyOf(thing), thing]));
