import { setTimeout as pause } from 'node:timers/promises';
import { BatchWriteItemCommand, PutItemCommand, UpdateItemCommand, type WriteRequest } from '@aws-sdk/client-dynamodb';
import type { PutCommandInput, UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import { database, marshall, withAttributes } from './client.ts';
import type { TransactItem } from './transact.ts';

/** DynamoDB's own limit. */
const MAX_WRITES = 25;

/** Writes one row, given in plain values. Throws ConditionalCheckFailedException. */
export const put = async (row: PutCommandInput): Promise<void> => {
  await database().send(new PutItemCommand(withAttributes(row)));
};

/** Changes one row, given in plain values. Throws ConditionalCheckFailedException. */
export const update = async (row: UpdateCommandInput): Promise<void> => {
  await database().send(new UpdateItemCommand(withAttributes(row)));
};

/**
 * Puts and deletes rows of any tables, each by itself and unconditionally, at half of what they cost in a transaction.
 * A break may leave some of them undone.
 */
export async function writeAll(items: readonly TransactItem[]): Promise<void> {
  let left = items.map(request);
  for (let attempt = 0; left.length > 0; attempt++) {
    const batch = Map.groupBy(left.slice(0, MAX_WRITES), ({ table }) => table);
    const RequestItems = Object.fromEntries([...batch].map(([table, list]) => [table, list.map(({ write }) => write)]));
    const answer = await database().send(new BatchWriteItemCommand({ RequestItems }));
    const undone = Object.entries(answer.UnprocessedItems ?? {}).flatMap(([table, list]) =>
      list.map((write) => ({ table, write })),
    );
    left = [...undone, ...left.slice(MAX_WRITES)];
    if (undone.length > 0) await pause(Math.min(1000, 25 * 2 ** attempt));
  }
}

function request({ Put, Delete }: TransactItem): { table: string; write: WriteRequest } {
  return Put !== undefined
    ? { table: Put.TableName!, write: { PutRequest: { Item: marshall(Put.Item!) } } }
    : { table: Delete!.TableName!, write: { DeleteRequest: { Key: marshall(Delete!.Key!) } } };
}
