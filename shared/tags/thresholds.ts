import { type Basis, settle, type Wanted, wantedBy } from '../rules/index.ts';
import type { Ruleset } from './ruleset.ts';

/** All that the rules of a ruleset need to know of all customers. */
export const wantedIn = ({ tags }: Ruleset): readonly Wanted[] =>
  tags.flatMap(({ when }) => (when === undefined ? [] : wantedBy(when)));

/** The ruleset with these thresholds; the very same object when they are as they were. */
export function withThresholds(
  ruleset: Ruleset,
  find: (wanted: Wanted) => { readonly threshold: number; readonly basis: Basis } | undefined,
): Ruleset {
  let changed = false;
  const tags = ruleset.tags.map((tag) => {
    const when = tag.when && settle(tag.when, find);
    if (when === undefined || when === tag.when) return tag;
    changed = true;
    return { ...tag, when };
  });
  return changed ? { ...ruleset, tags } : ruleset;
}
