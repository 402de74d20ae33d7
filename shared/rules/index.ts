import type { z } from 'zod';
import type { CustomerEvent, EventFilter } from '../events/index.ts';
import type { Words } from '../words.ts';
import type { Condition, Duration } from './condition.ts';

export type {
  Condition,
  Conditions,
  CountOp,
  DidConfig,
  Duration,
  NthConfig,
  OperatorName,
  SilentConfig,
  SumConfig,
  TraitConfig,
} from './condition.ts';

/** Which kept events evaluateOver must be given; without `within`: all of them. */
export interface EventNeeds {
  readonly names: readonly string[] | '*';
  readonly within?: Duration;
}

/** All that a condition may look at when it is evaluated over a list of kept events. */
export interface World {
  readonly traits: Readonly<Record<string, unknown>>;
  /** Tags held: a record of them, or their keys. */
  readonly tags: Readonly<Record<string, unknown>> | readonly string[];
  /** Any order; events after `now` are not seen. */
  readonly events: readonly CustomerEvent[];
  /** ISO 8601, UTC. */
  readonly now: string;
  /** IANA zone. */
  readonly zone: string;
}

export interface Finding {
  readonly holds: boolean;
  /** messageIds, at most 5. */
  readonly evidence: readonly string[];
  readonly why: Words;
  /** The value that matched, where the operator finds one (`did … by`). */
  readonly value?: unknown;
}

export declare const conditionSchema: z.ZodType<Condition>;
export declare function evaluateOver(condition: Condition, world: World): Finding;
export declare function eventNeeds(condition: Condition): EventNeeds | undefined;
export declare function matchesEvent(filter: EventFilter, event: CustomerEvent): boolean;
/** The condition as a sentence. */
export declare function sentence(condition: Condition): Words;
/** The sentence, and with facts also what was found. */
export declare function explain(condition: Condition, facts?: World): Words;
