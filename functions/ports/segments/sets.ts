/**
 * How many customers are in exactly which segments: a counter for each set of segments that there is. From it come, all
 * of them exact: members of a segment, of two or more at once, and who belongs where whatever the precedence.
 */
import type { SegmentSet } from '../../../shared/segments/index.ts';
import { apply, type CountedChange } from '../metrics/index.ts';
import { query } from '../tables/index.ts';

const PK = 'segments';
const FIELD = 'customers';
/** Those who are in none. */
const NONE = '-';

const nameOf = (segments: readonly string[]): string => (segments.length === 0 ? NONE : segments.join(' '));

/** A customer's set before a write (undefined: she is new) and after it (undefined: she is deleted). */
export interface Moved {
  readonly customer: string;
  readonly rev: number;
  readonly from: readonly string[] | undefined;
  readonly to: readonly string[] | undefined;
}

/** Counts each move once, however often it comes. */
export const countMoves = (moves: readonly Moved[]): Promise<void> => apply(moves.map(asChange));

function asChange({ customer, rev, from, to }: Moved): CountedChange {
  const add: Record<string, Record<string, number>> = {};
  const more = (set: readonly string[] | undefined, amount: number): void => {
    if (set !== undefined) add[`${PK}|${nameOf(set)}`] = { [FIELD]: amount };
  };
  if (from === undefined || to === undefined || nameOf(from) !== nameOf(to)) {
    more(from, -1);
    more(to, 1);
  }
  return { customer, enrolment: PK, rev, add };
}

/** Every set that somebody is in; one Query, a row of a hundred bytes for each. */
export async function segmentSets(): Promise<SegmentSet[]> {
  const rows = await query('metrics', { pk: PK, prefix: '' });
  return rows
    .map(({ sk, [FIELD]: customers }) => ({
      segments: new Set(sk === NONE ? [] : sk.split(' ')),
      customers: (customers as number | undefined) ?? 0,
    }))
    .filter(({ customers }) => customers > 0);
}
