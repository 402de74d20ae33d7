import type { StreamEntry } from './stream-record.ts';

/** Where the records of one table's stream are read from: the database's file where it is ours, else its API. */
export interface RecordSource {
  /** Up to `max` records behind `sequence` (undefined: from the oldest there is), in order. */
  after(sequence: string | undefined, max: number): readonly StreamEntry[] | Promise<readonly StreamEntry[]>;
  /** True when the stream still has the record, so that reading after it leaves nothing out. */
  has(sequence: string): boolean | Promise<boolean>;
}
