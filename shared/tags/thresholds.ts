import { type Basis, type Condition, settle, type Wanted, wantedBy } from '../rules/index.ts';
import type { Ruleset } from './ruleset.ts';

/** All that the rules and segments of a ruleset need to know of all customers. */
export const wantedIn = ({ tags, segments = [] }: Ruleset): readonly Wanted[] =>
  [...tags, ...segments].flatMap(({ when }) => (when === undefined ? [] : wantedBy(when)));

/** The ruleset with these thresholds; the very same object when they are as they were. */
export function withThresholds(
  ruleset: Ruleset,
  find: (wanted: Wanted) => { readonly threshold: number; readonly basis: Basis } | undefined,
): Ruleset {
  let changed = false;
  const settled = <T extends { readonly when?: Condition }>(one: T): T => {
    const when = one.when && settle(one.when, find);
    if (when === undefined || when === one.when) return one;
    changed = true;
    return { ...one, when };
  };
  const next = {
    ...ruleset,
    tags: ruleset.tags.map(settled),
    ...(ruleset.segments && { segments: ruleset.segments.map(settled) }),
  };
  return changed ? next : ruleset;
}
