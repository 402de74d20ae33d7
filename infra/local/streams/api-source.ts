import type { DynamoClient } from '../dynamodb/client.ts';
import type { RecordSource } from './record-source.ts';
import { entryOf, type StreamEntry, type StreamPlace, type StreamRecord } from './stream-record.ts';

export interface ApiSourceOptions extends StreamPlace {
  readonly client: DynamoClient;
  readonly table: string;
  /** As the database calls it. */
  readonly arn: string;
  readonly now: () => number;
}

type Place =
  | { readonly ShardIteratorType: 'TRIM_HORIZON' }
  | { readonly ShardIteratorType: 'AFTER_SEQUENCE_NUMBER' | 'AT_SEQUENCE_NUMBER'; readonly SequenceNumber: string };

/** Reads by the DynamoDB Streams API, for a database whose file is not ours to look into. One shard is expected. */
export function apiSource(options: ApiSourceOptions): RecordSource {
  const { client, arn } = options;
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

  async function read(
    ShardIterator: string,
    Limit: number,
  ): Promise<{ entries: StreamEntry[]; next: string | undefined }> {
    const answer = await client.streams<{ Records?: StreamRecord[]; NextShardIterator?: string }>('GetRecords', {
      ShardIterator,
      Limit,
    });
    const now = options.now();
    const entries = (answer.Records ?? []).map((record) => entryOf(record, options, now));
    return { entries, next: answer.NextShardIterator };
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
      const { entries, next } = await read(known ?? (await iterate(placeAfter(sequence))), max);
      if (next !== undefined) ahead = { after: entries.at(-1)?.sequence ?? sequence, iterator: next };
      return entries;
    },
    async has(sequence) {
      try {
        const at = await iterate({ ShardIteratorType: 'AT_SEQUENCE_NUMBER', SequenceNumber: sequence });
        const { entries } = await read(at, 1);
        return entries[0]?.sequence === sequence;
      } catch {
        return false;
      }
    },
  };
}
