import type { Condition, Duration } from '../rules/index.ts';
import type { Words } from '../words.ts';

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
  readonly when?: Condition;
  /** Once true at any moment, true for ever. */
  readonly sticky?: true;
  /** People and journeys set it; a rule may set it besides. */
  readonly manual?: true;
  /** Falls away this long after it was last confirmed. */
  readonly ttl?: Duration;
  /** Exclusive group; of its levels the highest whose rule holds wins. */
  readonly group?: string;
  /** One tag for each value of a property: `浏览` gives `浏览:cream-01`; at most `bound`, the longest untouched goes. */
  readonly family?: { readonly by: string; readonly bound: number };
}

export interface TagGroup {
  readonly id: string;
  readonly name: Words;
  /** Tag keys, low to high. */
  readonly levels: readonly string[];
}

export interface Ruleset {
  readonly version: number;
  /** IANA zone of the tenant: decides calendar days. */
  readonly zone: string;
  readonly groups: readonly TagGroup[];
  readonly tags: readonly TagDefinition[];
}

/** What a pack brings: tags and groups to be put into the ruleset; a new ruleset takes the zone of its first pack. */
export type PackRules = Omit<Ruleset, 'version'>;

/** A group of customers to speak to, with what is wanted from it (S47: a goal is required). */
export interface SegmentDefinition {
  readonly id: string;
  readonly name: Words;
  readonly goal: Words;
  readonly when: Condition;
}
