import type { EventFilter } from '../events/index.ts';
import type { Condition, Duration } from '../rules/index.ts';
import type { Words } from '../words.ts';
import type { Cap, Caps } from './caps.ts';

/** The shipped categories; others may be added by whoever writes a ruleset. */
export const CATEGORIES: Readonly<Record<string, Words>> = {
  basic: { zh: '基础属性', en: 'Basics' },
  behaviour: { zh: '行为', en: 'Behaviour' },
  need: { zh: '需求', en: 'Needs' },
  value: { zh: '价值', en: 'Value' },
  scene: { zh: '场景', en: 'Scenes' },
};

export interface TagDefinition {
  readonly key: string;
  readonly name: Words;
  readonly category: string;
  /** What it is used for: a tag without a use is a burden (S4). */
  readonly purpose?: Words;
  /** What it means, for whoever meets it. */
  readonly description?: Words;
  readonly when?: Condition;
  /** Other ways of reading the same word, to choose from: 复购 ≥3 次 as the fourth order, or as the third. */
  readonly readings?: readonly Reading[];
  /** Once true at any moment, true for ever. */
  readonly sticky?: true;
  /** People and journeys set it; a rule may set it besides. */
  readonly manual?: true;
  /** Falls away this long after it was last confirmed. */
  readonly ttl?: Duration;
  /** Exclusive group; of its levels the highest whose rule holds wins. */
  readonly group?: string;
  /**
   * One tag for each value of a property: `浏览` gives `浏览:cream-01`; at most `bound`, the longest untouched goes. With
   * `split`, what is at a finer level counts for the ones above, too: `护肤-抗衰` for itself and for `护肤`.
   */
  readonly family?: { readonly by: string; readonly bound: number; readonly split?: string };
  /** One tag for each thing she may need by what she has had; instead of `when`. */
  readonly infer?: Inference;
  /** Whoever has this tag is sent no message about these topics (排斥点). */
  readonly excludes?: readonly string[];
}

/** A rule that may stand instead of the one in force; none of them does anything by itself. */
export interface Reading {
  readonly name: Words;
  readonly when: Condition;
}

/** A table "had A, may need B": `潜在需求` gives `潜在需求:精华` to who bought 面霜 and no 精华 yet (S18). */
export interface Inference extends EventFilter {
  /** Where in the event the thing is named: `properties.products.category`. */
  readonly of: string;
  /** Only what she had lately counts; ever, when absent. What she has had of B counts ever. */
  readonly within?: Duration;
  /** Who had one of `from` may need each of `to`. */
  readonly table: readonly { readonly from: readonly string[]; readonly to: readonly string[] }[];
  /** May need it although she has had it. */
  readonly again?: true;
}

export interface TagGroup {
  readonly id: string;
  readonly name: Words;
  /** Tag keys, low to high. */
  readonly levels: readonly string[];
}

/** A group of customers to speak to, with what is wanted from it (S47: a goal is required). */
export interface SegmentDefinition {
  readonly id: string;
  readonly name: Words;
  readonly goal: Words;
  readonly when: Condition;
  /** Other ways of drawing its line, to choose from. */
  readonly readings?: readonly Reading[];
  /** How often its customers are written to, in all journeys (S93); without it, what the caps say of their lifecycle. */
  readonly cap?: Cap;
  /** By which channels they are; any, when absent. */
  readonly channels?: readonly string[];
}

/**
 * Segments that overlap, in the order of their precedence (S53): of those that a customer is in, she belongs to the
 * first. See belongsTo().
 */
export interface SegmentFamily {
  readonly id: string;
  readonly name: Words;
  /** Segment ids, the first goes before the others. */
  readonly order: readonly string[];
}

export interface Ruleset {
  readonly version: number;
  /** IANA zone of the tenant: decides calendar days. */
  readonly zone: string;
  readonly groups: readonly TagGroup[];
  readonly tags: readonly TagDefinition[];
  readonly segments?: readonly SegmentDefinition[];
  readonly segmentFamilies?: readonly SegmentFamily[];
  /** How often customers may be written to; see DEFAULT_CAPS for what holds without it. */
  readonly caps?: Caps;
}

/** What a pack brings: tags, groups and segments to be put into the ruleset; a new ruleset takes the zone of its first pack. */
export type PackRules = Omit<Ruleset, 'version' | 'caps'>;
