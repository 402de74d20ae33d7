import { segmentsOf, tagsOf } from '../rules/index.ts';
import type { Words } from '../words.ts';
import type { Ruleset } from './ruleset.ts';

/** A tag by its key, or a segment by its id. */
export interface Looked {
  readonly tag?: string;
  readonly segment?: string;
}

export interface RulesUsing {
  readonly tags: readonly { readonly key: string; readonly name: Words }[];
  readonly segments: readonly { readonly id: string; readonly name: Words }[];
  /** Orders of precedence that a segment stands in. */
  readonly families: readonly { readonly id: string; readonly name: Words }[];
}

/** The tags and segments of which the rules look at this one; a value of a family is the family's. */
export function rulesThatUse(ruleset: Ruleset, { tag, segment }: Looked): RulesUsing {
  const looks = (when: Parameters<typeof tagsOf>[0] | undefined): boolean =>
    when !== undefined &&
    (tag === undefined
      ? segmentsOf(when).some((id) => id === segment)
      : tagsOf(when).some((key) => key === tag || key.startsWith(`${tag}:`)));
  return {
    tags: ruleset.tags.filter(({ when }) => looks(when)).map(({ key, name }) => ({ key, name })),
    segments: (ruleset.segments ?? []).filter(({ when }) => looks(when)).map(({ id, name }) => ({ id, name })),
    families: (ruleset.segmentFamilies ?? [])
      .filter(({ order }) => segment !== undefined && order.includes(segment))
      .map(({ id, name }) => ({ id, name })),
  };
}
