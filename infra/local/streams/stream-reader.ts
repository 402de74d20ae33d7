import type { DynamoClient } from '../dynamodb/client.ts';
import { compareSequence } from './sequence.ts';
import { ourRecord, type StreamRecord } from './stream-record.ts';

/** Reads one table's stream: what was read last is kept for all its consumers, the rest is read again when asked for. */
export interface StreamReader {
  /** The sequence number read last, undefined before the first record. */
  last(): string | undefined;
  /** Reads on; resolves to the new records (none when there is nothing new). */
  poll(): Promise<readonly StreamRecord[]>;
  /** Up to `max` records after `sequence`, at once where they are kept, else read from the stream. */
  after(sequence: string | undefined, max: number): readonly StreamRecord[] | Promise<readonly StreamRecord[]>;
  /** True when the stream still has the record, so that reading after it leaves nothing out. */
  has(sequence: string): Promise<boolean>;
  /** The oldest sequence number that the stream has. */
  oldest(): Promise<string | undefined>;
}

export interface StreamReaderOptions {
  readonly client: DynamoClient;
  readonly table: string;
  /** As the database calls it. */
  readonly arn: string;
  /** As functions see it. */
  readonly ourArn: string;
  readonly region: string;
  /** Where to begin; undefined = the oldest record there is. */
  readonly from: string | undefined;
  readonly now: () => number;
}

/** AWS gives at most 1,000 records a call. */
const PAGE = 1000;
const KEPT = 2000;

type Place =
  | { readonly ShardIteratorType: 'TRIM_HORIZON' }
  | { readonly ShardIteratorType: 'AFTER_SEQUENCE_NUMBER' | 'AT_SEQUENCE_NUMBER'; readonly SequenceNumber: string };

export function createStreamReader(options: StreamReaderOptions): StreamReader {
  const { client, arn, ourArn, region } = options;
  let kept: StreamRecord[] = [];
  /** The place just before the first kept record. */
  let before = options.from;
  let last = options.from;
  let iterator: string | undefined;
  let shard: string | undefined;

  async function shardId(): Promise<string> {
    if (shard) return shard;
    const { StreamDescription } = await client.streams<{ StreamDescription: { Shards: { ShardId: string }[] } }>(
      'DescribeStream',
      { StreamArn: arn },
    );
    const first = StreamDescription.Shards[0];
    if (!first) throw new Error(`the stream of ${options.table} has no shard`);
    shard = first.ShardId;
    return shard;
  }

  async function iterate(place: Place): Promise<string> {
    const answer = await client.streams<{ ShardIterator: string }>('GetShardIterator', {
      StreamArn: arn,
      ShardId: await shardId(),
      ...place,
    });
    return answer.ShardIterator;
  }

  async function read(ShardIterator: string, Limit: number) {
    const answer = await client.streams<{ Records?: StreamRecord[]; NextShardIterator?: string }>('GetRecords', {
      ShardIterator,
      Limit,
    });
    const now = options.now();
    const records = (answer.Records ?? []).map((record) => ourRecord(record, ourArn, region, now));
    return { records, next: answer.NextShardIterator };
  }

  const placeAfter = (sequence: string | undefined): Place =>
    sequence === undefined
      ? { ShardIteratorType: 'TRIM_HORIZON' }
      : { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: sequence };

  async function readAfter(sequence: string | undefined, max: number): Promise<readonly StreamRecord[]> {
    return (await read(await iterate(placeAfter(sequence)), max)).records;
  }

  return {
    last: () => last,
    async poll() {
      try {
        iterator ??= await iterate(placeAfter(last));
        const { records, next } = await read(iterator, PAGE);
        iterator = next;
        if (records.length === 0) return records;
        last = records[records.length - 1]?.dynamodb.SequenceNumber;
        kept.push(...records);
        if (kept.length > KEPT) {
          const dropped = kept.length - KEPT;
          before = kept[dropped - 1]?.dynamodb.SequenceNumber;
          kept = kept.slice(dropped);
        }
        return records;
      } catch (error) {
        // The next poll asks for a fresh iterator: they expire, and do not outlive the database process.
        iterator = undefined;
        throw error;
      }
    },
    after(sequence, max) {
      const isKept = before === undefined || (sequence !== undefined && compareSequence(sequence, before) >= 0);
      if (!isKept) return readAfter(sequence, max);
      const start = sequence === undefined ? 0 : firstAfter(kept, sequence);
      return kept.slice(start, start + max);
    },
    async has(sequence) {
      try {
        const at = await iterate({ ShardIteratorType: 'AT_SEQUENCE_NUMBER', SequenceNumber: sequence });
        const { records } = await read(at, 1);
        return records[0]?.dynamodb.SequenceNumber === sequence;
      } catch {
        return false;
      }
    },
    oldest: async () => (await readAfter(undefined, 1))[0]?.dynamodb.SequenceNumber,
  };
}

/** Index of the first record after `sequence` (binary search: records are in order). */
function firstAfter(records: readonly StreamRecord[], sequence: string): number {
  let low = 0;
  let high = records.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const record = records[middle] as StreamRecord;
    if (compareSequence(record.dynamodb.SequenceNumber, sequence) > 0) high = middle;
    else low = middle + 1;
  }
  return low;
}
