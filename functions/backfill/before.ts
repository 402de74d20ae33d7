import { type CustomerState, stateFromText, stateToText } from '../../shared/profile/index.ts';
import { UNDO_DAYS } from '../ports/backfills/index.ts';
import { expiresIn } from '../ports/clock/index.ts';
import { BEFORE, bodyOf, customerPk, type Loaded, loadedFrom, STATE, textIn } from '../ports/profiles/index.ts';
import { batchGet, type TransactItem, tableName } from '../ports/tables/index.ts';
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

/** Her state, and whether this backfill has been with her already; one consistent read. */
export async function loadWithBefore(
  customer: string,
  job: string,
): Promise<{ readonly loaded: Loaded; readonly before: Before | undefined }> {
  const stateKey = { pk: customerPk(customer), sk: STATE };
  const row = await batchGet({ profiles: [stateKey, keyOf(customer, job)] });
  const loaded = loadedFrom(customer, row('profiles', stateKey));
  const kept = row('profiles', keyOf(customer, job));
  if (kept === undefined) return { loaded, before: undefined };
  const before: Before = {
    state: stateFromText(customer, textIn(kept['body'])),
    version: kept['version'] as number,
    ids: kept['ids'] as string[],
    effect: JSON.parse(kept['effect'] as string) as Effect,
    ...(kept['undone'] === undefined ? {} : { undone: JSON.parse(kept['undone'] as string) as Effect }),
  };
  return { loaded, before };
}

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
