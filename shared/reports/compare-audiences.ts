/**
 * Do tags that are stacked find better customers than each alone (S54)? Counted over passages by what each customer had
 * when she came in: all of the stack, each part of it whatever else, and everybody.
 */

/** A tag or a segment: `tag:老客`, `segment:regulars`. */
export type Trait = `tag:${string}` | `segment:${string}`;

/** What a customer had when she came in. */
export interface HadAtEntry {
  readonly tags: readonly string[];
  readonly segments: readonly string[];
}

export interface Passage {
  readonly reachedGoal: boolean;
  readonly had: HadAtEntry;
}

export interface Converted {
  readonly entered: number;
  /** Of those, who reached a goal so far. */
  readonly goal: number;
}

export interface Comparison {
  readonly everybody: Converted;
  readonly parts: readonly (Converted & { readonly of: Trait })[];
  /** All of the parts at once; absent where there are not two. */
  readonly stack?: Converted;
  /** What else could be compared: what customers had, the most frequent first. */
  readonly offered: readonly { readonly of: Trait; readonly entered: number }[];
}

/** At most so many are offered. */
const MOST_OFFERED = 40;

export function compareAudiences(passages: readonly Passage[], wanted: readonly Trait[]): Comparison {
  const all = passages.map(({ reachedGoal, had }) => ({ reachedGoal, has: new Set(traitsOf(had)) }));
  const count = (holds: (has: ReadonlySet<string>) => boolean): Converted => {
    const those = all.filter(({ has }) => holds(has));
    return { entered: those.length, goal: those.filter(({ reachedGoal }) => reachedGoal).length };
  };
  const frequent = new Map<Trait, number>();
  for (const { has } of all) for (const one of has) frequent.set(one, (frequent.get(one) ?? 0) + 1);
  return {
    everybody: count(() => true),
    parts: wanted.map((of) => ({ of, ...count((has) => has.has(of)) })),
    ...(wanted.length > 1 && { stack: count((has) => wanted.every((of) => has.has(of))) }),
    offered: [...frequent]
      .sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
      .slice(0, MOST_OFFERED)
      .map(([of, entered]) => ({ of, entered })),
  };
}

const traitsOf = ({ tags, segments }: HadAtEntry): readonly Trait[] => [
  ...tags.map((key): Trait => `tag:${key}`),
  ...segments.map((id): Trait => `segment:${id}`),
];
