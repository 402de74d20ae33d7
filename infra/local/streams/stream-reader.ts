import type { RecordSource } from './record-source.ts';
import { compareSequence } from './sequence.ts';
import type { StreamEntry } from './stream-record.ts';

/** Reads one table's stream: what was read last is kept for all its consumers, the rest is read again when asked for. */
export interface StreamReader {
  /** The sequence number read last, undefined before the first record. */
  last(): string | undefined;
  /** Reads on; the new records (none when there is nothing new). */
  poll(): Promise<readonly StreamEntry[]>;
  /** Up to `max` records after `sequence`, at once where they are kept, else read from the stream. */
  after(sequence: string | undefined, max: number): readonly StreamEntry[] | Promise<readonly StreamEntry[]>;
}

/** AWS gives at most 1,000 records a call. */
export const PAGE = 1000;
const KEPT = 2000;

/** @param from where to begin; undefined = the oldest record there is */
export function createStreamReader(source: RecordSource, from: string | undefined): StreamReader {
  let kept: StreamEntry[] = [];
  /** The place just before the first kept record. */
  let before = from;
  let last = from;

  return {
    last: () => last,
    async poll() {
      const records = await source.after(last, PAGE);
      if (records.length === 0) return records;
      last = records[records.length - 1]?.sequence;
      kept.push(...records);
      if (kept.length > KEPT) {
        const dropped = kept.length - KEPT;
        before = kept[dropped - 1]?.sequence;
        kept = kept.slice(dropped);
      }
      return records;
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
