import type { Turnover } from '../../../shared/tags/index.ts';
import type { Words } from '../../../shared/words.ts';

export type BackfillStatus = 'running' | 'paused' | 'done' | 'undone' | 'failed';

/** What is done to each customer: looked what would change, made so, set back. */
export type Doing = 'try' | 'apply' | 'undo';

/** What a walk over the customers has come to so far. */
export interface Tally {
  /** Customers walked past, and those of them who were folded anew (all, without a sample). */
  readonly seen: number;
  readonly worked: number;
  /** Customers whose tags differ. */
  readonly changed: number;
  /** Customers of whom not every event is kept any more. */
  readonly partly: number;
  /** Customers who could not be worked, and the first few of them. */
  readonly failed: number;
  readonly failedIds: readonly string[];
  readonly tags: Readonly<Record<string, Turnover>>;
}

export const NO_TALLY: Tally = { seen: 0, worked: 0, changed: 0, partly: 0, failed: 0, failedIds: [], tags: {} };

/** A dry run or a backfill: a walk over all customers that can be stopped and gone on with at any moment. */
export interface Backfill {
  readonly id: string;
  readonly dryRun: boolean;
  readonly status: BackfillStatus;
  readonly doing: Doing;
  /** The rules: a version, or for a dry run the draft as it was then (its text is kept with the job). */
  readonly of: 'version' | 'draft';
  readonly version: number;
  /** Tags were up to date by the rules of this version: what did not change since is believed where events are gone. */
  readonly base: number;
  /** Customers per second, at most. */
  readonly rate: number;
  /** Only about so many customers, chosen by their ids. */
  readonly sample?: number;
  /** The tag changes may let people into journeys. */
  readonly announce: boolean;
  readonly author: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  /** How many customers there were when it began. */
  readonly total: number;
  /** By shard of the directory: the last customer done; null before the first, true when all are done. */
  readonly cursors: readonly (string | null | true)[];
  readonly tally: Tally;
  /** Of the backfill itself, once it is being undone. */
  readonly applied?: Tally;
  /** Why it could not go on. */
  readonly problem?: { readonly code: string; readonly message: Words; readonly next: Words };
  /** Until when it can be undone, epoch seconds of the machine's clock: so long the states from before are kept. */
  readonly undoUntil: number;
  /** Grows by one with each write. */
  readonly rev: number;
}
