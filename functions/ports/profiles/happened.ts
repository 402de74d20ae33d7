import type { CustomerEvent } from '../../../shared/events/index.ts';
import type { Happening } from '../../../shared/journey/index.ts';
import type { EntryCause } from '../../../shared/nodes/index.ts';
import { type Change, changeAsHappening } from '../../../shared/profile/index.ts';
import { BEGIN, CHANGES, EVENT } from './keys.ts';
import { besideEventSk } from './told.ts';

/** One event or one change of one customer's tags or segments, as journeys look at it. */
export interface Happened {
  readonly customer: string;
  /** Names the row (and the place in it): the same for every delivery. */
  readonly key: string;
  /**
   * Sorts what happened to one customer by when it came into her state: version of the state, then time, then key. A
   * record delivered again keeps its place, so it can be told from what is new, whatever happened since.
   */
  readonly order: string;
  readonly happening: Happening;
  readonly cause: EntryCause;
  /** How many journeys' effects led here; stops loops. */
  readonly depth: number;
  /** History that was brought in (an import, a backfill): it lets nobody into a journey. */
  readonly quiet: boolean;
}

/** A row of the profiles table as far as it tells what happened. */
export interface TellingRow {
  readonly customer: string;
  readonly sk: string;
  readonly version: number;
  readonly body: string;
  /** Of an event: the changes that it caused, where they lie in its row. */
  readonly changes?: string | undefined;
  /**
   * Of a row of changes: all are quiet, or none is; undefined: those are that come of new rules. An event's body says it
   * itself.
   */
  readonly quiet: boolean | undefined;
}

/** What the row says happened; nothing for rows that are neither event, nor changes, nor a moment that has come. */
export function happenedIn({ customer, sk, version, body, changes, quiet }: TellingRow): Happened[] {
  const told = (key: string, text: string): Happened[] =>
    (JSON.parse(text) as Change[]).flatMap((change, index) => {
      const as = changeAsHappening(change);
      if (as === undefined) return [];
      const { at, cause } = change;
      const place = `${key}#${index}`;
      return [
        {
          customer,
          key: place,
          order: orderOf(version, at, place),
          happening: as.happening,
          cause: { ...as.cause, at, messageId: cause.messageId },
          depth: cause.depth,
          quiet: quiet ?? cause.by === 'ruleset',
        },
      ];
    });
  if (sk.startsWith(EVENT)) {
    const event = fromEvent(customer, sk, version, JSON.parse(body) as CustomerEvent);
    return changes === undefined ? [event] : [event, ...told(besideEventSk(sk, version), changes)];
  }
  if (sk.startsWith(BEGIN)) return [fromMoment(customer, sk, version, JSON.parse(body) as Begun)];
  return sk.startsWith(CHANGES) ? told(sk, body) : [];
}

/** The moment of an entry has come for a customer: the body of its row. */
export interface Begun {
  readonly journey: string;
  readonly node: string;
  readonly cause: EntryCause;
}

const fromMoment = (customer: string, key: string, version: number, { journey, node, cause }: Begun): Happened => ({
  customer,
  key,
  order: orderOf(version, cause.at, key),
  happening: { type: 'moment', journey, node },
  cause,
  depth: 0,
  quiet: false,
});

/** Later than all that happened up to that version of her state. */
export const orderAfter = (version: number): string => `${padded(version)}|~`;

const padded = (version: number): string => String(version).padStart(10, '0');

const orderOf = (version: number, at: string, key: string): string => `${padded(version)}|${at}|${key}`;

function fromEvent(customer: string, key: string, version: number, event: CustomerEvent): Happened {
  const { id: messageId, name, at, properties } = event;
  return {
    customer,
    key,
    order: orderOf(version, at, key),
    happening: { type: 'event', event },
    cause: { type: 'event', name, messageId, at, properties },
    depth: 0,
    quiet: event.quiet === true,
  };
}
