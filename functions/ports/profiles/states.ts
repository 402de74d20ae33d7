import type { CustomerEvent } from '../../../shared/events/index.ts';
import { STOP_EVENTS } from '../../../shared/messages/index.ts';
import { type CustomerState, emptyState, stateFromText } from '../../../shared/profile/index.ts';
import { batchGet, type Row } from '../tables/index.ts';
import { customerPk, STATE } from './keys.ts';

/** A customer's state as it was read; `version` 0 means that nobody knows her yet. */
export interface Loaded {
  readonly customer: string;
  readonly version: number;
  readonly state: CustomerState;
  readonly stops: RememberedStops;
  /** Not read, but what this process wrote last: to be read before anything is concluded without a write. */
  readonly expected?: true;
}

/** The newest event of each name that stops a message, kept with the state so that a send need not search for them. */
export interface RememberedStops {
  /** The names remembered from her first event on; others must be searched for. */
  readonly names: readonly string[];
  readonly events: Readonly<Record<string, CustomerEvent>>;
}

const NOTHING_YET: RememberedStops = { names: STOP_EVENTS, events: {} };

/** The states of these customers, consistently; one call per hundred. */
export async function loadStates(customers: readonly string[]): Promise<Map<string, Loaded>> {
  const keyOf = (customer: string) => ({ pk: customerPk(customer), sk: STATE });
  const row = await batchGet({ profiles: customers.map(keyOf) });
  return new Map(customers.map((customer) => [customer, loadedFrom(customer, row('profiles', keyOf(customer)))]));
}

export async function loadState(customer: string): Promise<Loaded> {
  return (await loadStates([customer])).get(customer)!;
}

/** From a row already read by other means. */
export const loadedFrom = (customer: string, row: Row | undefined): Loaded =>
  row === undefined
    ? { customer, version: 0, state: emptyState(customer), stops: NOTHING_YET }
    : {
        customer,
        version: row['version'] as number,
        state: stateFromText(customer, row['body'] as string),
        stops: JSON.parse(row['stops'] as string) as RememberedStops,
      };

/** With these events taken note of. */
export function remember(stops: RememberedStops, events: readonly CustomerEvent[]): RememberedStops {
  const newest = { ...stops.events };
  for (const event of events) {
    const known = newest[event.name];
    if (stops.names.includes(event.name) && (known === undefined || known.at < event.at)) newest[event.name] = event;
  }
  return { names: stops.names, events: newest };
}
