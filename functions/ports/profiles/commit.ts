import type { CustomerEvent } from '../../../shared/events/index.ts';
import { type Change, type CustomerState, type Hand, stateToText } from '../../../shared/profile/index.ts';
import { expiresIn, machineMs } from '../clock/index.ts';
import { environment } from '../environment.ts';
import { censusItem } from '../segments/index.ts';
import { MAX_TRANSACTION, shardOf, type TransactItem, tableName, transact } from '../tables/index.ts';
import { directoryItem } from '../tags/members.ts';
import { bodyOf } from './body.ts';
import { indexedDue } from './indexed-due.ts';
import { changesSk, customerPk, duePk, eventSk, handsSk, orderSks, SEEN, STATE } from './keys.ts';
import { kilobytesOf } from './kilobytes.ts';
import { type Identity, identityAttributes, type Loaded, remember } from './states.ts';

const EVENT_DAYS = 400;
const SEEN_DAYS = 30;

/** Rows of events are kept so long from when they were written: until then all of hers are still there. */
export const allKept = ({ identity }: Loaded): boolean => identity.born + EVENT_DAYS * 86_400 > machineMs() / 1000;

/** An event about to be kept; `borrowedTime` when its time is not its own (none given, or clamped). */
export interface Incoming {
  readonly event: CustomerEvent;
  readonly borrowedTime: boolean;
  /** It names her by a userId. */
  readonly named?: boolean;
  /** Tags that come with it, given by hand: as long as it is new. */
  readonly tags?: readonly string[];
}

export interface Advanced {
  readonly state: CustomerState;
  readonly changes: readonly Change[];
}

export type Committed =
  | { readonly type: 'done'; readonly stored: Loaded }
  /** Somebody else wrote this customer meanwhile: read again. */
  | { readonly type: 'conflict' }
  /** These were kept before: leave them out and compute again. */
  | { readonly type: 'repeated'; readonly events: readonly CustomerEvent[] }
  /** More rows than one transaction takes: give it fewer events. */
  | { readonly type: 'tooMany' };

export interface How {
  /** ISO 8601, UTC. */
  readonly now: string;
  /**
   * True: the changes let nobody into a journey. False: they do, those that come of new rules as well. Without it those
   * that come of new rules are quiet.
   */
  readonly quiet?: boolean;
  /** Tags set and taken by hand or by journeys, kept for when she is folded anew. */
  readonly hands?: readonly Hand[];
  /** Rows to be written in the same transaction; one whose condition fails is a conflict. */
  readonly with?: readonly TransactItem[];
}

/** Writes what `advance` said of these events: everything, or nothing. */
export async function commit(
  loaded: Loaded,
  incoming: readonly Incoming[],
  advanced: Advanced,
  how: How,
): Promise<Committed> {
  const { customer } = loaded;
  const stops = remember(
    loaded.stops,
    incoming.map(({ event }) => event),
  );
  const identity: Identity =
    loaded.identity.named || !incoming.some(({ named }) => named)
      ? loaded.identity
      : { ...loaded.identity, named: true };
  const due = indexedDue(loaded, advanced.state, how.now);
  const stored: Loaded = {
    customer,
    version: loaded.version + 1,
    state: advanced.state,
    stops,
    identity,
    ...(due === undefined ? {} : { due }),
  };
  const items: TransactItem[] = [stateItem(stored, loaded.version)];
  const apart = new Set(advanced.changes);
  const owners: (CustomerEvent | undefined)[] = [undefined];
  for (const { event, borrowedTime } of incoming) {
    const caused = advanced.changes.filter((change) => isOf(change, event));
    const { row, holds } = withChanges(eventRow(customer, event, stored.version), caused, how.quiet);
    if (holds) for (const change of caused) apart.delete(change);
    items.push({
      Put: { TableName: tableName('profiles'), Item: row, ConditionExpression: 'attribute_not_exists(pk)' },
    });
    owners.push(event);
    const marks = [
      ...(borrowedTime ? [markItem(customer, `${SEEN}${event.id}`, SEEN_DAYS)] : []),
      ...orderSks(event).map((sk) => markItem(customer, sk, EVENT_DAYS)),
    ];
    items.push(...marks);
    owners.push(...marks.map(() => event));
  }
  if (loaded.version === 0) items.push(directoryItem(customer));
  items.push(...changeItems(customer, stored.version, [...apart], how.quiet));
  items.push(...handItems(customer, stored.version, how.hands ?? []), ...(how.with ?? []));
  const inSegments = Object.keys(advanced.state.segments);
  if (loaded.version === 0 || !sameKeys(inSegments, loaded.state.segments)) {
    items.push(censusItem(customer, inSegments, stored.version));
  }
  if (items.length > MAX_TRANSACTION && incoming.length > 1) return { type: 'tooMany' };
  const answer = await transact(items);
  if (answer.done) return { type: 'done', stored };
  const repeated = new Set(answer.failed.flatMap((index) => owners[index] ?? []));
  return repeated.size > 0 ? { type: 'repeated', events: [...repeated] } : { type: 'conflict' };
}

/** The row of a state, in the place of the one of version `before` (0: of none). */
export function stateItem({ customer, version, state, stops, identity, due }: Loaded, before: number): TransactItem {
  const indexed = due === undefined ? {} : { duePk: duePk(shardOf(customer, dueShards())), dueAt: due };
  return {
    Put: {
      TableName: tableName('profiles'),
      Item: {
        pk: customerPk(customer),
        sk: STATE,
        version,
        body: bodyOf(stateToText(state)),
        stops: JSON.stringify(stops),
        ...identityAttributes(identity),
        ...indexed,
      },
      ...ifVersion(before),
    },
  };
}

/** The row is still of this version; 0: there is none. */
export const ifVersion = (version: number) =>
  version === 0
    ? { ConditionExpression: 'attribute_not_exists(pk)' }
    : {
        ConditionExpression: '#version = :version',
        ExpressionAttributeNames: { '#version': 'version' },
        ExpressionAttributeValues: { ':version': version },
      };

/** The event as the customer's own, with the id that it came under. */
export const ownedBy = (customer: string, event: CustomerEvent): CustomerEvent =>
  event.customer === customer ? event : { ...event, customer, as: event.as ?? event.customer };

const eventRow = (customer: string, event: CustomerEvent, version: number) => ({
  pk: customerPk(customer),
  sk: eventSk(event),
  event: event.name,
  version,
  body: bodyOf(JSON.stringify(ownedBy(customer, event))),
  expiresAt: expiresIn(EVENT_DAYS),
});

/** The event caused this change, at its own time: not one that time brought before it, or a late one put right. */
const isOf = ({ at, cause }: Change, event: CustomerEvent): boolean =>
  cause.by === 'event' && cause.messageId === event.id && at === event.at;

/** The changes with the event's own row, if they go into the kilobyte that it has begun: then they cost nothing. */
function withChanges<T extends Record<string, unknown>>(row: T, caused: readonly Change[], quiet: boolean | undefined) {
  if (caused.length === 0) return { row, holds: true };
  const changes = bodyOf(JSON.stringify(caused));
  const both = { ...row, changes, ...(quiet === undefined ? {} : { quiet }) };
  return kilobytesOf(both) === kilobytesOf(row) ? { row: both, holds: true } : { row, holds: false };
}

/** That something of hers was seen, by what it is known besides its time and id. */
const markItem = (customer: string, sk: string, days: number): TransactItem => ({
  Put: {
    TableName: tableName('profiles'),
    Item: { pk: customerPk(customer), sk, expiresAt: expiresIn(days) },
    ConditionExpression: 'attribute_not_exists(pk)',
  },
});

/** One row, at the moment of the hand; kept as long as the customer: a tag set by hand has no other source. */
function handItems(customer: string, version: number, hands: readonly Hand[]): TransactItem[] {
  const at = hands[0]?.at;
  if (at === undefined) return [];
  const Item = { pk: customerPk(customer), sk: handsSk(at, version), body: bodyOf(JSON.stringify(hands)), version };
  return [{ Put: { TableName: tableName('profiles'), Item } }];
}

/** One row per instant: a transaction has room for a hundred rows, an exclusive group alone makes two changes. */
function changeItems(
  customer: string,
  version: number,
  changes: readonly Change[],
  quiet: boolean | undefined,
): TransactItem[] {
  const byInstant = Map.groupBy(changes, (change) => change.at);
  return [...byInstant].map(([at, list]) => ({
    Put: {
      TableName: tableName('profiles'),
      Item: {
        pk: customerPk(customer),
        sk: changesSk(at, version),
        body: bodyOf(JSON.stringify(list)),
        version,
        ...(quiet === undefined ? {} : { quiet }),
      },
    },
  }));
}

export const sameKeys = (keys: readonly string[], record: object): boolean =>
  keys.length === Object.keys(record).length && keys.every((key) => key in record);

const dueShards = (): number => Number(environment('DUE_SHARDS'));
