import type { CompiledRuleset } from '../../shared/tags/index.ts';
import type { Backfill } from '../ports/backfills/index.ts';
import type { Rules } from '../ports/ruleset/index.ts';

/** What is the same for all customers of a slice. */
export interface Context {
  readonly job: Backfill;
  /** The rules it is about. */
  readonly rules: Rules;
  /** Those in force. */
  readonly current: Rules;
  /** Those by which tags were up to date. */
  readonly base: CompiledRuleset;
  /** ISO 8601, UTC. */
  readonly now: string;
}

/** What came of one customer. */
export interface Effect {
  /** Keys of tags; of segments those of segmentKey(). */
  readonly gained: readonly string[];
  readonly lost: readonly string[];
  /** Not every event of hers is kept any more. */
  readonly partly: boolean;
}

export const NOTHING: Effect = { gained: [], lost: [], partly: false };

/** Others may write the same customer meanwhile, but not for ever. */
export const ATTEMPTS = 20;
