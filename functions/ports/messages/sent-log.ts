import { MOST_IN_CAP } from '../../../shared/tags/index.ts';
import { customerPk, type Loaded, loadStates } from '../profiles/index.ts';
import { batchGet, type Key, type Row, type TransactItem, tableName } from '../tables/index.ts';

/**
 * When marketing messages were sent to a customer, for the caps. One row of hers; whoever sends writes it under its
 * `rev`, in the transaction of the message, so of two who saw the same place free only one gets it.
 */
export interface SentLog {
  readonly customer: string;
  /** ISO 8601, UTC, newest first; at most as many as a cap can count. */
  readonly sent: readonly string[];
  readonly rev: number;
  /** Ids merged into hers whose sends are among hers already. */
  readonly taken: readonly string[];
  /** Those whose sends are counted here, but still lie in rows of their own: the next send takes them over. */
  readonly others: readonly { readonly customer: string; readonly rev: number }[];
  /** It was taken over by a merge that the reader does not know of yet. */
  readonly gone: boolean;
}

const SK = 'sent';
export const sentKey = (customer: string): Key => ({ pk: customerPk(customer), sk: SK });

const logFrom = (customer: string, row: Row | undefined): SentLog => ({
  customer,
  sent: (row?.['sent'] as string[] | undefined) ?? [],
  rev: (row?.['rev'] as number | undefined) ?? 0,
  taken: (row?.['taken'] as string[] | undefined) ?? [],
  others: [],
  gone: row?.['into'] !== undefined,
});

/**
 * All that was sent to her, under whichever of her ids.
 *
 * @param row her row (`sentKey`), read together with her profile or after it
 */
export async function sentLog({ customer, identity }: Loaded, row: Row | undefined): Promise<SentLog> {
  const own = logFrom(customer, row);
  const known = [...identity.ids, ...(identity.merging === undefined ? [] : [identity.merging.id])];
  const asked = [...new Set(known)].filter((id) => id !== customer && !own.taken.includes(id));
  if (asked.length === 0) return own;
  // Some of the ids are known not to be hers.
  const states = await loadStates(asked);
  const hers = asked.filter((id) => states.get(id)?.customer === customer);
  if (hers.length === 0) return own;
  const read = await batchGet({ messages: hers.map(sentKey) });
  const logs = hers.map((id) => logFrom(id, read('messages', sentKey(id))));
  return {
    ...own,
    sent: newest([own, ...logs].flatMap(({ sent }) => sent)),
    taken: [...new Set([...own.taken, ...logs.flatMap(({ taken }) => taken)])].filter((id) => known.includes(id)),
    others: logs.map((log) => ({ customer: log.customer, rev: log.rev })),
  };
}

/** Read by itself, after her profile. */
export async function sentLogOf(profile: Loaded): Promise<SentLog> {
  const key = sentKey(profile.customer);
  return sentLog(profile, (await batchGet({ messages: [key] }))('messages', key));
}

/** One more was sent. Conditional on her rows being as they were read: who was overtaken counts again. */
export function sentItems({ customer, sent, rev, taken, others }: SentLog, at: string): TransactItem[] {
  const ids = [...new Set([...taken, ...others.map((other) => other.customer)])];
  const fields = { sent: newest([at, ...sent]), ...(ids.length > 0 && { taken: ids }) };
  return [
    item(customer, fields, rev),
    // Whoever does not know of the merge yet must not go on counting here.
    ...others.map((other) => item(other.customer, { into: customer }, other.rev)),
  ];
}

const newest = (sent: readonly string[]): string[] => sent.toSorted().reverse().slice(0, MOST_IN_CAP);

const item = (customer: string, fields: object, rev: number): TransactItem => ({
  Put: {
    TableName: tableName('messages'),
    Item: { ...sentKey(customer), ...fields, rev: rev + 1 },
    ...(rev === 0
      ? { ConditionExpression: 'attribute_not_exists(pk)' }
      : {
          ConditionExpression: '#rev = :rev',
          ExpressionAttributeNames: { '#rev': 'rev' },
          ExpressionAttributeValues: { ':rev': rev },
        }),
  },
});
