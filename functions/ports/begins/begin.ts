import { setTimeout as pause } from 'node:timers/promises';
import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import { expiresIn } from '../clock/index.ts';
import { type Begun, beginSk, bodyOf, customerPk } from '../profiles/index.ts';
import { tableName, tables } from '../tables/index.ts';

const DAYS = 400;
const PER_CALL = 25;
const CALLS_AT_ONCE = 8;

/** The moment of an entry has come for this customer. */
export interface Begin extends Begun {
  readonly customer: string;
  /** Names the occasion: for the same one she is told of once. */
  readonly occasion: string;
  /** Of her state, when it was read. */
  readonly version: number;
}

/**
 * Tells `events/enrol`, by the table's stream, that these customers' moment has come. A row that is there already is
 * written over, which is no news: only an inserted row is heard, so all of this may be repeated.
 */
export async function begin(list: readonly Begin[]): Promise<void> {
  const items = new Map(list.map((one) => [`${one.customer} ${one.occasion} ${one.journey} ${one.node}`, itemOf(one)]));
  let waiting: Request[] = [...items.values()].map((Item) => ({ PutRequest: { Item } }));
  for (let attempt = 0; waiting.length > 0; attempt++) {
    const now = waiting.slice(0, PER_CALL * CALLS_AT_ONCE);
    const calls = Array.from({ length: Math.ceil(now.length / PER_CALL) }, (_, i) =>
      write(now.slice(i * PER_CALL, (i + 1) * PER_CALL)),
    );
    const left = (await Promise.all(calls)).flat();
    waiting = [...left, ...waiting.slice(now.length)];
    if (left.length > 0) await pause(Math.min(1000, 25 * 2 ** attempt));
  }
}

type Request = { PutRequest: { Item: Record<string, unknown> } };

async function write(requests: Request[]): Promise<Request[]> {
  const table = tableName('profiles');
  const answer = await tables().send(new BatchWriteCommand({ RequestItems: { [table]: requests } }));
  return (answer.UnprocessedItems?.[table] ?? []) as Request[];
}

const itemOf = ({ customer, occasion, version, ...begun }: Begin) => ({
  pk: customerPk(customer),
  sk: beginSk(occasion, begun.journey, begun.node),
  body: bodyOf(JSON.stringify(begun)),
  version,
  expiresAt: expiresIn(DAYS),
});
