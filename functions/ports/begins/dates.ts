import { DeleteCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { customerOf, customerPk, DATE } from '../profiles/index.ts';
import { query, tableName, tables } from '../tables/index.ts';
import { dateDue, dateDueOf, dateShards, dateSk, entryIn } from './keys.ts';

/** When a date of a customer lets her into a journey by one of its entries. */
export interface PlannedDate {
  readonly customer: string;
  readonly journey: string;
  readonly node: string;
  /** ISO 8601, UTC. */
  readonly dueAt: string;
}

type Entry = Omit<PlannedDate, 'dueAt'>;

const placeOf = ({ customer, journey, node }: Entry) => ({
  TableName: tableName('profiles'),
  Key: { pk: customerPk(customer), sk: dateSk(journey, node) },
});

/** Customers whose moment has come, at most `limit` of each shard; an index that is behind may name one once more. */
export async function dueDates(at: string, limit: number): Promise<PlannedDate[]> {
  const due = { index: 'due', pkName: 'duePk', skName: 'dueAt', to: at, limit };
  const shards = Array.from({ length: dateShards() }, (_, shard) => dateDue(shard));
  const lists = await Promise.all(shards.map((pk) => query('profiles', { ...due, pk })));
  return lists.flat().map((row) => ({
    customer: customerOf(row.pk),
    ...entryIn(row.sk.slice(DATE.length)),
    dueAt: row['dueAt'] as string,
  }));
}

/**
 * Plans her moment as her state of this version gives it (none: there is no date, or it is past), unless a newer state
 * was planned from already.
 */
export async function planDate(entry: Entry, dueAt: string | undefined, version: number): Promise<void> {
  const { TableName, Key } = placeOf(entry);
  const condition = {
    ConditionExpression: 'attribute_not_exists(pk) OR #version <= :version',
    ExpressionAttributeNames: { '#version': 'version' },
    ExpressionAttributeValues: { ':version': version },
  };
  const Item = { ...Key, version, dueAt, duePk: dateDueOf(entry.customer) };
  await unlessPassed(
    dueAt === undefined
      ? tables().send(new DeleteCommand({ TableName, Key, ...condition }))
      : tables().send(new PutCommand({ TableName, Item, ...condition })),
  );
}

/** Goes on from the moment that was served to the next, or to none; whoever planned meanwhile has the last word. */
export async function afterDate(served: PlannedDate, dueAt: string | undefined): Promise<void> {
  const condition = {
    ConditionExpression: '#due = :seen',
    ExpressionAttributeNames: { '#due': 'dueAt' },
    ExpressionAttributeValues: { ':seen': served.dueAt },
  };
  await unlessPassed(
    dueAt === undefined
      ? tables().send(new DeleteCommand({ ...placeOf(served), ...condition }))
      : tables().send(
          new UpdateCommand({
            ...placeOf(served),
            ...condition,
            UpdateExpression: 'SET #due = :due',
            ExpressionAttributeValues: { ...condition.ExpressionAttributeValues, ':due': dueAt },
          }),
        ),
  );
}

async function unlessPassed(write: Promise<unknown>): Promise<void> {
  try {
    await write;
  } catch (error) {
    if ((error as Error).name !== 'ConditionalCheckFailedException') throw error;
  }
}
