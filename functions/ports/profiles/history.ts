import type { CustomerEvent } from '../../../shared/events/index.ts';
import type { Change, Hand } from '../../../shared/profile/index.ts';
import type { EventNeeds } from '../../../shared/rules/index.ts';
import { query } from '../tables/index.ts';
import { textIn } from './body.ts';
import { CHANGES, customerPk, EVENT, HANDS } from './keys.ts';
import { toldIn } from './told.ts';

const END = '\uffff';

/** Kept events of a customer from `since` (inclusive, ISO 8601; all without it) on, the oldest first; consistent. */
export async function keptEvents(
  customer: string,
  names: EventNeeds['names'],
  since?: string,
): Promise<CustomerEvent[]> {
  const rows = await query('profiles', {
    pk: customerPk(customer),
    from: `${EVENT}${since ?? ''}`,
    to: `${EVENT}${END}`,
    consistent: true,
    ...(names === '*' ? {} : { filter: nameFilter(names) }),
  });
  return rows.map((row) => JSON.parse(textIn(row['body'])) as CustomerEvent);
}

/** Events and hands that came into her state after this version of it (all that are kept for 0), the oldest first; one consistent read. */
export async function keptAfter(customer: string, version: number) {
  const after = {
    expression: '#version > :version',
    names: { '#version': 'version' },
    values: { ':version': version },
  };
  // Their keys follow each other: nothing lies between the last event and the first hand.
  const rows = await query('profiles', {
    pk: customerPk(customer),
    from: EVENT,
    to: `${HANDS}${END}`,
    consistent: true,
    ...(version === 0 ? {} : { filter: after }),
  });
  const { true: events = [], false: hands = [] } = Object.groupBy(rows, ({ sk }) => `${sk.startsWith(EVENT)}`);
  return {
    events: events.map((row) => JSON.parse(textIn(row['body'])) as CustomerEvent),
    hands: hands.flatMap((row) => JSON.parse(textIn(row['body'])) as Hand[]),
  };
}

function nameFilter(names: readonly string[]) {
  const values = Object.fromEntries(names.map((name, index) => [`:name${index}`, name]));
  return { expression: `#event IN (${Object.keys(values).join(', ')})`, names: { '#event': 'event' }, values };
}

/** Tag and stage changes from `since` (inclusive) on, the oldest first; consistent. */
export async function changesSince(customer: string, since: string): Promise<Change[]> {
  const rows = await query('profiles', {
    pk: customerPk(customer),
    from: `${CHANGES}${since}`,
    to: `${CHANGES}${END}`,
    consistent: true,
  });
  return rows.flatMap((row) => JSON.parse(textIn(row['body'])) as Change[]);
}

/** The last `limit` events (the newest first) and at least the last `limit` change rows not later than `until`. */
export async function recentHistory(customer: string, until: string | undefined, limit: number) {
  const last = (prefix: string) =>
    query('profiles', {
      pk: customerPk(customer),
      from: prefix,
      to: `${prefix}${until === undefined ? END : `${until}${END}`}`,
      backwards: true,
      limit,
    });
  const [events, changes] = await Promise.all([last(EVENT), last(CHANGES)]);
  // What an event's row tells comes into her history a moment later: then it is there twice.
  const told = new Map(changes.map((row) => [row.sk, JSON.parse(textIn(row['body'])) as Change[]]));
  for (const row of events) {
    const beside = toldIn(row);
    if (beside !== undefined) told.set(beside.key, [...beside.changes]);
  }
  return {
    events: events.map((row) => JSON.parse(textIn(row['body'])) as CustomerEvent),
    changes: [...told.values()].flat(),
  };
}
