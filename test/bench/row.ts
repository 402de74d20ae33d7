/** One line of the table that `npm run bench` prints: ours against a named peer or floor, measured in the same run. */
export interface BenchRow {
  /** What was done, in a few words. */
  readonly what: string;
  /** e.g. "events/s"; higher is better unless `lowerIsBetter`. */
  readonly unit: string;
  readonly ours: number;
  /** Name of the peer or floor, e.g. "JSON.parse of the same events". */
  readonly against: string;
  readonly theirs: number;
  readonly lowerIsBetter?: boolean;
  readonly note?: string;
}

/** Ours divided by theirs (or the other way where less is better): above 1 is faster, smaller, better than the peer. */
export function ratio(row: BenchRow): number {
  return row.lowerIsBetter ? row.theirs / row.ours : row.ours / row.theirs;
}
