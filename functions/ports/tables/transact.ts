import { setTimeout as pause } from 'node:timers/promises';
import { TransactionCanceledException, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import type { TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import { database, withAttributes } from './client.ts';

export type TransactItem = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

/** DynamoDB's own limit. */
export const MAX_TRANSACTION = 100;

/**
 * Writes all or nothing. The answer is `{ done: true }`, or the places of the items whose condition did not hold (for
 * the caller to read again and decide). Another writer being in the way at the same moment (TransactionConflict,
 * throttling) is waited out here, with growing pauses, up to `attempts` times; then it is thrown.
 */
export async function transact(
  items: TransactItem[],
  { attempts = 6, send = sendTransaction }: { attempts?: number; send?: (items: TransactItem[]) => Promise<void> } = {},
): Promise<{ done: true } | { done: false; failed: number[] }> {
  for (let attempt = 1; ; attempt++) {
    try {
      await send(items);
      return { done: true };
    } catch (error) {
      if (!(error instanceof TransactionCanceledException)) throw error;
      const reasons = error.CancellationReasons ?? [];
      const failed = reasons.flatMap((reason, index) => (reason.Code === 'ConditionalCheckFailed' ? [index] : []));
      if (failed.length > 0) return { done: false, failed };
      if (!reasons.some((reason) => PASSING.has(reason.Code ?? '')) || attempt >= attempts) throw error;
      await pause(Math.min(400, 10 * 2 ** attempt) * (0.5 + Math.random() / 2));
    }
  }
}

const PASSING = new Set(['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded']);

async function sendTransaction(items: TransactItem[]): Promise<void> {
  await database().send(new TransactWriteItemsCommand({ TransactItems: items.map(written) }));
}

const written = (item: TransactItem) =>
  Object.fromEntries(Object.entries(item).map(([operation, part]) => [operation, withAttributes(part)]));
