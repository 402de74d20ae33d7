import type { DynamoClient } from '../dynamodb/client.ts';
import type { RecordSource } from './record-source.ts';
import { ourRecord, type StreamRecord } from './stream-record.ts';

export interface ApiSourceOptions {
  readonly client: DynamoClient;
  readonly table: string;
  /** As the database calls it. */
  readonly arn: string;
  /** As functions see it. */
  readonly ourArn: string;
  readonly region: string;
  readonly now: () => number;
}

type Place =
  | { readonly ShardIteratorType: 'TRIM_HORIZON' }
  | { readonly ShardIteratorType: 'AFTER_SEQUENCE_NUMBER' | 'AT_SEQUENCE_NUMBER'; readonly SequenceNumber: string };

/** Reads by the DynamoDB Streams API, for a database whose file is not ours to look into. One shard is expected. */
export function apiSource(options: ApiSourceOptions): RecordSource {
  const { client, arn, ourArn, region } = options;
  /** Where reading on costs no new iterator. */
  let ahead: { readonly after: string | undefined; readonly iterator: string } | undefined;
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

  return {
    async after(sequence, max) {
      // Forgotten first: an iterator expires, and does not outlive the database process.
      const known = ahead?.after === sequence ? ahead?.iterator : undefined;
      ahead = undefined;
      const { records, next } = await read(known ?? (await iterate(placeAfter(sequence))), max);
      if (next !== undefined) ahead = { after: records.at(-1)?.dynamodb.SequenceNumber ?? sequence, iterator: next };
      return records;
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
  };
}
