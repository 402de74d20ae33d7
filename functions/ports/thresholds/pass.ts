import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Distribution } from '../../../shared/tags/index.ts';
import { pack, unpack } from '../packed.ts';
import { get, tableName, tables } from '../tables/index.ts';

/** A pass over all customers, as far as it has come. */
export interface Pass {
  /** Grows with each write: who writes without having seen the latest is refused. */
  readonly rev: number;
  readonly startedAt: string;
  /** Ids of the measures that are counted. */
  readonly measures: readonly string[];
  /** All customers are counted. */
  readonly counted?: true;
  /** And the thresholds are in force. */
  readonly finishedAt?: string;
  /** How many customers were looked at. */
  readonly seen: number;
  /** Where to go on; absent in the beginning and at the end. */
  readonly cursor?: string;
  /** By measure. */
  readonly distributions: Readonly<Record<string, Distribution>>;
}

const KEY = { pk: 'thresholds', sk: 'pass' };

export async function readPass(): Promise<Pass | undefined> {
  const row = await get('tags', KEY);
  return row && { ...unpack<Omit<Pass, 'rev'>>(row['body']), rev: row['rev'] as number };
}

/** False when somebody else wrote meanwhile. */
export async function writePass({ rev, ...pass }: Pass): Promise<boolean> {
  const put = new PutCommand({
    TableName: tableName('tags'),
    Item: { ...KEY, rev: rev + 1, body: pack(pass) },
    ConditionExpression: 'attribute_not_exists(pk) OR #rev = :rev',
    ExpressionAttributeNames: { '#rev': 'rev' },
    ExpressionAttributeValues: { ':rev': rev },
  });
  try {
    await tables().send(put);
    return true;
  } catch (error) {
    if ((error as Error).name === 'ConditionalCheckFailedException') return false;
    throw error;
  }
}
