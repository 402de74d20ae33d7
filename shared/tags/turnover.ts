import type { Words } from '../words.ts';
import type { Estimate } from './estimate.ts';

/** Of one tag (all values of a family together): how many get it, how many lose it, and the first few of them. */
export interface Turnover {
  readonly gained: number;
  readonly lost: number;
  readonly gainedIds: readonly string[];
  readonly lostIds: readonly string[];
}

/** As the API shows it: with the key of the tag (of a segment as segmentKey() makes it). */
export interface TurnoverShown extends Turnover {
  readonly key: string;
  /** Only of a sample. */
  readonly estimates?: { readonly gained: Estimate; readonly lost: Estimate };
}

/** A dry run or backfill as the API shows it. */
export interface BackfillShown {
  readonly id: string;
  readonly dryRun: boolean;
  readonly status: 'running' | 'paused' | 'done' | 'undone' | 'failed';
  readonly doing: 'try' | 'apply' | 'undo';
  readonly of: 'version' | 'draft';
  readonly version: number;
  /** Customers per second, at most. */
  readonly rate: number;
  readonly announce: boolean;
  readonly author: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  /** How many customers there are. */
  readonly total: number;
  /** All of them are looked at. */
  readonly exact: boolean;
  readonly problem?: { readonly message: Words; readonly next: Words };
  readonly tally: {
    readonly seen: number;
    readonly worked: number;
    readonly changed: number;
    readonly partly: number;
    readonly failed: number;
    readonly failedIds: readonly string[];
    readonly tags: readonly TurnoverShown[];
  };
}
