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
  readonly did: DidConfig;
  readonly nth: NthConfig;
  readonly sum: SumConfig;
  readonly avg: SumConfig;
  readonly silent: SilentConfig;
}

export type OperatorName = keyof Conditions;

/** A JSON object with exactly one key, the operator. */
export type Condition = { [K in OperatorName]: { readonly [P in K]: Conditions[K] } }[OperatorName];
