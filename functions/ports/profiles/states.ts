import { STOP_EVENTS, type StopEvent } from '../../../shared/messages/index.ts';
import { type CustomerState, emptyState, stateFromText } from '../../../shared/profile/index.ts';
import { machineMs } from '../clock/index.ts';
import { batchGet, type Row } from '../tables/index.ts';
import { textIn } from './body.ts';
import { customerPk, STATE } from './keys.ts';

/** A customer's state as it was read; `version` 0 means that nobody knows her yet. */
export interface Loaded {
  readonly customer: string;
  readonly version: number;
  readonly state: CustomerState;
  readonly stops: RememberedStops;
  readonly identity: Identity;
  /** Where her row lies in the index of due moments (ISO 8601, UTC): at `state.dueAt` or before. */
  readonly due?: string;
  /** Not read, but what this process wrote last: to be read before anything is concluded without a write. */
  readonly expected?: true;
}

/** What a state's row says of whose it is; see docs/identity.md. */
export interface Identity {
  /** The other ids known to be hers, or known not to be: the newest fifty. */
  readonly ids: readonly string[];
  /** When this row was first written, epoch seconds of the machine's clock: whether all her events can still be kept. */
  readonly born: number;
  /** A message named her by this id as userId. */
  readonly named?: true;
  /** This id is not a customer of its own any more: what concerns it concerns that one. */
  readonly into?: string;
  /** Her merge with another id that has begun: whoever comes next finishes it. */
  readonly merging?: Merging;
}

export interface Merging {
  readonly id: string;
  /** The message that said so. */
  readonly messageId: string;
  readonly event: string;
  /** Said by history that was brought in: then nothing of the merge is news. */
  readonly quiet: boolean;
}

/** The newest event of each name that stops a message, kept with the state so that a send need not search for them. */
export interface RememberedStops {
  /** The names remembered from her first event on; others must be searched for. */
  readonly names: readonly string[];
  readonly events: Readonly<Record<string, StopEvent>>;
}

const NOTHING_YET: RememberedStops = { names: STOP_EVENTS, events: {} };

/**
 * The states of these customers, consistently; one call per hundred. An id that was merged into another has the other's
 * state (`customer` says whose it is), for one call more.
 */
export async function loadStates(customers: readonly string[]): Promise<Map<string, Loaded>> {
  const found = await loadRows(customers);
  for (let gone = movedOf(found); gone.length > 0; gone = movedOf(found)) {
    const next = await loadRows(gone.map(([, { identity }]) => identity.into as string));
    for (const [asked, { identity }] of gone) found.set(asked, next.get(identity.into as string)!);
  }
  return found;
}

const movedOf = (found: ReadonlyMap<string, Loaded>) =>
  [...found].filter(([, { identity }]) => identity.into !== undefined);

export async function loadState(customer: string): Promise<Loaded> {
  return (await loadStates([customer])).get(customer)!;
}

/** The rows of these very ids, whether or not they are customers of their own. */
export async function loadRows(customers: readonly string[]): Promise<Map<string, Loaded>> {
  const keyOf = (customer: string) => ({ pk: customerPk(customer), sk: STATE });
  const row = await batchGet({ profiles: customers.map(keyOf) });
  return new Map(customers.map((customer) => [customer, loadedFrom(customer, row('profiles', keyOf(customer)))]));
}

/** From a row already read by other means. */
export const loadedFrom = (customer: string, row: Row | undefined): Loaded =>
  row === undefined
    ? {
        customer,
        version: 0,
        state: emptyState(customer),
        stops: NOTHING_YET,
        identity: { ids: [], born: Math.floor(machineMs() / 1000) },
      }
    : {
        customer,
        version: row['version'] as number,
        state: stateFromText(customer, textIn(row['body'])),
        stops: JSON.parse(row['stops'] as string) as RememberedStops,
        identity: identityIn(row),
        ...(row['dueAt'] === undefined ? {} : { due: row['dueAt'] as string }),
      };

function identityIn({ ids, born, named, into, merging }: Row): Identity {
  return {
    ids: (ids as string[] | undefined) ?? [],
    born: born as number,
    ...(named === true ? { named } : {}),
    ...(into === undefined ? {} : { into: into as string }),
    ...(merging === undefined ? {} : { merging: merging as Merging }),
  };
}

/** As attributes of the row; what is not there is not written. */
export const identityAttributes = ({ ids, ...rest }: Identity) => ({ ...rest, ...(ids.length > 0 ? { ids } : {}) });

/** With these events taken note of. */
export function remember(stops: RememberedStops, events: readonly StopEvent[]): RememberedStops {
  const newest = { ...stops.events };
  for (const { name, at } of events) {
    const known = newest[name];
    if (stops.names.includes(name) && (known === undefined || known.at < at)) newest[name] = { name, at };
  }
  return { names: stops.names, events: newest };
}
