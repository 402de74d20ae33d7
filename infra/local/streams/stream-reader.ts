import type { RecordSource } from './record-source.ts';
import { compareSequence } from './sequence.ts';
import type { StreamEntry } from './stream-record.ts';

/** Reads one table's stream: what was read last is kept for all its consumers, the rest is read again when asked for. */
export interface StreamReader {
  /** The sequence number read last, undefined before the first record. */
  last(): string | undefined;
  /** Reads on; the new records (none when there is nothing new). */
  poll(): Promise<readonly StreamEntry[]>;
  /** Takes a record that was read elsewhere, unless it was read already; the next one behind what was read last. */
  take(record: StreamEntry): boolean;
  /** Up to `max` records after `sequence`, at once where they are kept, else read from the stream. */
  after(sequence: string | undefined, max: number): readonly StreamEntry[] | Promise<readonly StreamEntry[]>;
}

/** AWS gives at most 1,000 records a call. */
export const PAGE = 1000;
/** So many are kept at least, and at most twice as many. */
const KEPT = 1000;

/** @param from where to begin; undefined = the oldest record there is */
export function createStreamReader(source: RecordSource, from: string | undefined): StreamReader {
  let kept: StreamEntry[] = [];
  /** The place just before the first kept record. */
  let before = from;
  let last = from;

  function add(record: StreamEntry): void {
    kept.push(record);
    last = record.sequence;
    if (kept.length < 2 * KEPT) return;
    before = kept[KEPT - 1]?.sequence;
    kept = kept.slice(KEPT);
  }

  return {
    last: () => last,
    async poll() {
      const records = await source.after(last, PAGE);
      for (const record of records) add(record);
      return records;
    },
    take(record) {
      if (last !== undefined && compareSequence(record.sequence, last) <= 0) return false;
      add(record);
      return true;
    },
    after(sequence, max) {
      const isKept = before === undefined || (sequence !== undefined && compareSequence(sequence, before) >= 0);
      if (!isKept) return source.after(sequence, max);
      const start = sequence === undefined ? 0 : firstAfter(kept, sequence);
      return kept.slice(start, start + max);
    },
  };
}

/** Index of the first record after `sequence` (binary search: records are in order). */
function firstAfter(records: readonly StreamEntry[], sequence: string): number {
  let low = 0;
  let high = records.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const record = records[middle] as StreamEntry;
    if (compareSequence(record.sequence, sequence) > 0) high = middle;
    else low = middle + 1;
  }
  return low;
}
