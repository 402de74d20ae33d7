import type { ComparisonName, PropertyFilter } from '../events/index.ts';

/** ISO 8601 duration of weeks, days, hours, minutes, seconds ("P7D", "PT2H"): a fixed length; a day is 24 hours. */
export type Duration = string;

/** Comparisons of a number with a number. */
export type CountOp = 'eq' | 'ne' | 'gt' | 'gte' | 'lt' | 'lte';

export interface TraitConfig {
  readonly path: string;
  readonly op: ComparisonName;
  readonly value?: unknown;
}

export interface DidConfig {
  readonly event: string | readonly string[];
  readonly except?: readonly string[];
  readonly where?: readonly PropertyFilter[];
  readonly within?: Duration;
  readonly by?: string;
  readonly count?: { readonly op: CountOp; readonly value: number };
}

export interface NthConfig {
  readonly event: string | readonly string[];
  readonly except?: readonly string[];
  readonly where?: readonly PropertyFilter[];
  readonly n: number;
}

export interface SumConfig {
  readonly event: string | readonly string[];
  readonly except?: readonly string[];
  readonly where?: readonly PropertyFilter[];
  readonly of: string;
  readonly within?: Duration;
  readonly op: CountOp;
  readonly value: number;
}

/** Which events an operator means. */
interface Events {
  readonly event: string | readonly string[];
  readonly except?: readonly string[];
  readonly where?: readonly PropertyFilter[];
}

export interface DistinctConfig extends Events {
  readonly of: string;
  readonly within?: Duration;
  readonly count: { readonly op: CountOp; readonly value: number };
}

export interface StreakConfig extends Events {
  /** Calendar days in a row. */
  readonly days: number;
  /** At least so many on each of them; 1 when absent. */
  readonly perDay?: number;
  /** At least so much on these days together: events, or the sum of `of`. */
  readonly total?: number;
  readonly of?: string;
}

/** When a threshold was found, and by how many customers who had a value. */
export interface Basis {
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly customers: number;
}

export interface PercentileConfig extends Events {
  readonly measure: 'sum' | 'avg' | 'count';
  readonly of: string;
  readonly within?: Duration;
  /** Above so many percent of the customers; 0: everybody who has a value. */
  readonly from: number;
  /** The amount at which that begins; filled in by a pass over all customers. */
  readonly threshold?: number;
  readonly basis?: Basis;
}

export interface FollowedConfig extends Events {
  readonly by: Events;
  readonly within?: Duration;
}

export interface UnansweredConfig extends FollowedConfig {
  /** The value that an A and the B that settles it have in common. */
  readonly same: string;
}

export interface FirstConfig extends Events {
  /** What the first one was like; all must hold. */
  readonly is: readonly PropertyFilter[];
}

export interface SinceConfig extends Events {
  readonly which: 'first' | 'last';
  readonly op: 'gte' | 'lt';
  readonly for: Duration;
}

export interface GapConfig extends Events {
  readonly for: Duration;
}

export interface RegionConfig {
  readonly in: readonly string[];
}

export interface AgeConfig {
  readonly from?: number;
  readonly below?: number;
  /** Trait with the date of birth; `birthday` when absent. */
  readonly path?: string;
}

export interface SilentConfig {
  readonly for: Duration;
  readonly event?: string | readonly string[];
  readonly except?: readonly string[];
}

/** Operator name -> its configuration. An operator adds a line here and one in operators/index.ts. */
export interface Conditions {
  readonly all: readonly Condition[];
  readonly any: readonly Condition[];
  readonly not: Condition;
  readonly trait: TraitConfig;
  readonly tag: string;
  readonly segment: string;
  readonly did: DidConfig;
  readonly nth: NthConfig;
  readonly sum: SumConfig;
  readonly avg: SumConfig;
  readonly silent: SilentConfig;
  readonly min: SumConfig;
  readonly max: SumConfig;
  readonly percentile: PercentileConfig;
  readonly distinct: DistinctConfig;
  readonly streak: StreakConfig;
  readonly followed: FollowedConfig;
  readonly notFollowed: FollowedConfig;
  readonly unanswered: UnansweredConfig;
  readonly first: FirstConfig;
  readonly since: SinceConfig;
  readonly gap: GapConfig;
  readonly region: RegionConfig;
  readonly age: AgeConfig;
}

export type OperatorName = keyof Conditions;

/** A JSON object with exactly one key, the operator. */
export type Condition = { [K in OperatorName]: { readonly [P in K]: Conditions[K] } }[OperatorName];
