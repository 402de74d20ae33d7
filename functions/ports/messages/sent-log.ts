import type { Priority } from '../../../shared/journey/index.ts';
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
  /** Messages to her that a cap holds and that may wait. */
  readonly waiting: readonly WaitingMessage[];
  /** It was taken over by a merge that the reader does not know of yet. */
  readonly gone: boolean;
}

/** A message that waits for a place; whether it still does, its passage says. */
export interface WaitingMessage {
  /** Under which id the passage began. */
  readonly customer: string;
  readonly enrolment: string;
  readonly node: string;
  readonly visit: number;
  readonly priority: Priority;
  /** What people call the journey. */
  readonly journey: string;
}

/** So many are remembered; nobody is in more journeys whose messages wait. */
const MOST_WAITING = 20;

const SK = 'sent';
export const sentKey = (customer: string): Key => ({ pk: customerPk(customer), sk: SK });

const logFrom = (customer: string, row: Row | undefined): SentLog => ({
  customer,
  sent: (row?.['sent'] as string[] | undefined) ?? [],
  rev: (row?.['rev'] as number | undefined) ?? 0,
  taken: (row?.['taken'] as string[] | undefined) ?? [],
  others: [],
  waiting: (row?.['waiting'] as WaitingMessage[] | undefined) ?? [],
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
    waiting: [own, ...logs].flatMap(({ waiting }) => waiting),
    taken: [...new Set([...own.taken, ...logs.flatMap(({ taken }) => taken)])].filter((id) => known.includes(id)),
    others: logs.map((log) => ({ customer: log.customer, rev: log.rev })),
  };
}

/** When marketing messages were sent to each of these customers, newest first, as far as it lies under her own id. */
export async function sentInstants(customers: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
  const read = await batchGet({ messages: customers.map(sentKey) });
  return new Map(customers.map((id) => [id, logFrom(id, read('messages', sentKey(id))).sent]));
}

/** Read by itself, after her profile. */
export async function sentLogOf(profile: Loaded): Promise<SentLog> {
  const key = sentKey(profile.customer);
  return sentLog(profile, (await batchGet({ messages: [key] }))('messages', key));
}

type Passing = Pick<WaitingMessage, 'enrolment' | 'node' | 'visit'>;

const isOf = (passing: Passing) => (one: Passing) =>
  one.enrolment === passing.enrolment && one.node === passing.node && one.visit === passing.visit;

/** One more was sent. Conditional on her rows being as they were read: who was overtaken counts again. */
export const sentItems = (log: SentLog, at: string, passing: Passing): TransactItem[] => {
  const mine = isOf(passing);
  return logItems({
    ...log,
    sent: newest([at, ...log.sent]),
    waiting: log.waiting.filter((one) => !mine(one)),
  });
};

/** One waits: whoever is less important and asks after it leaves it its place. Conditional as what is sent. */
export const waitingItems = (log: SentLog, message: WaitingMessage): TransactItem[] => {
  const mine = isOf(message);
  const others = log.waiting.filter((one) => !mine(one));
  return logItems({ ...log, waiting: [...others, message].slice(-MOST_WAITING) });
};

function logItems({ customer, sent, waiting, rev, taken, others }: SentLog): TransactItem[] {
  const ids = [...new Set([...taken, ...others.map((other) => other.customer)])];
  const fields = {
    sent,
    ...(ids.length > 0 && { taken: ids }),
    ...(waiting.length > 0 && { waiting }),
  };
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
