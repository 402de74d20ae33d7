import { type CustomerState, stateFromText, stateToText } from '../../shared/profile/index.ts';
import { UNDO_DAYS } from '../ports/backfills/index.ts';
import { expiresIn } from '../ports/clock/index.ts';
import { BEFORE, bodyOf, customerPk, type Loaded, loadedFrom, STATE, textIn } from '../ports/profiles/index.ts';
import { batchGet, type Row, type TransactItem, tableName } from '../ports/tables/index.ts';
import type { Effect } from './context.ts';

/** A customer as she was when a backfill came to her, and what came of it. */
export interface Before {
  readonly state: CustomerState;
  readonly version: number;
  /** Her other ids. */
  readonly ids: readonly string[];
  readonly effect: Effect;
  /** What came of undoing it. */
  readonly undone?: Effect;
}

const keyOf = (customer: string, job: string) => ({ pk: customerPk(customer), sk: `${BEFORE}${job}` });

/** A customer as she was read: her state, and what this backfill has left with her when it has been there already. */
export interface Read {
  readonly loaded: Loaded;
  readonly before?: Before;
}

/** All of these customers, consistently each; fifty a call. */
export async function readWithBefore(customers: readonly string[], job: string): Promise<Map<string, Read>> {
  const stateKey = (customer: string) => ({ pk: customerPk(customer), sk: STATE });
  const row = await batchGet({
    profiles: customers.flatMap((customer) => [stateKey(customer), keyOf(customer, job)]),
  });
  return new Map(
    customers.map((customer) => {
      const loaded = loadedFrom(customer, row('profiles', stateKey(customer)));
      const kept = row('profiles', keyOf(customer, job));
      return [customer, kept === undefined ? { loaded } : { loaded, before: beforeFrom(customer, kept) }];
    }),
  );
}

const beforeFrom = (customer: string, row: Row): Before => ({
  state: stateFromText(customer, textIn(row['body'])),
  version: row['version'] as number,
  ids: row['ids'] as string[],
  effect: JSON.parse(row['effect'] as string) as Effect,
  ...(row['undone'] === undefined ? {} : { undone: JSON.parse(row['undone'] as string) as Effect }),
});

export const putBefore = (customer: string, job: string, before: Before): TransactItem =>
  put(customer, job, before, 'attribute_not_exists(pk)');

export const markUndone = (customer: string, job: string, before: Before, undone: Effect): TransactItem =>
  put(customer, job, { ...before, undone }, 'attribute_exists(pk) AND attribute_not_exists(undone)');

const put = (
  customer: string,
  job: string,
  { state, version, ids, effect, undone }: Before,
  ConditionExpression: string,
): TransactItem => ({
  Put: {
    TableName: tableName('profiles'),
    Item: {
      ...keyOf(customer, job),
      body: bodyOf(stateToText(state)),
      version,
      ids,
      effect: JSON.stringify(effect),
      ...(undone === undefined ? {} : { undone: JSON.stringify(undone) }),
      expiresAt: expiresIn(UNDO_DAYS),
    },
    ConditionExpression,
  },
});
