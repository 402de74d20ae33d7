/**
 * An id that was joined to a customer by mistake becomes a customer of its own again (docs/identity.md): what came under
 * it is told again to a new id, quietly, and taken out of the other's record, and each is folded from her own events.
 * Every step can be done again; what a crash leaves half done is finished by asking for the same once more.
 */
import { type CustomerState, emptyState, type Hand, type Kept, plain, refold } from '../../shared/profile/index.ts';
import { keptOf } from '../backfill/kept.ts';
import { handPersonOver } from '../ports/enrolments/index.ts';
import {
  advanceCustomer,
  allKept,
  commit,
  expect,
  handOver,
  type Loaded,
  loadState,
  type Parts,
  partsOf,
  remember,
  TooMuchContention,
  takeOut,
  unexpected,
} from '../ports/profiles/index.ts';
import type { Rules } from '../ports/ruleset/index.ts';
import { borrowedPassages, endBorrowed } from './borrowed.ts';

const ATTEMPTS = 20;

/** Why it cannot be done: no id of hers; not all is kept any more; nothing is; the new id is somebody already. */
export type Refused = 'not-joined' | 'too-old' | 'nothing' | 'taken';

export interface Separation {
  readonly customer: string;
  /** The id that was joined by mistake. */
  readonly id: string;
  /** Under which she is known from then on; nobody has it yet. */
  readonly to: string;
}

/** What each of the two would be. */
export interface Preview {
  readonly ids: readonly string[];
  /** Of whom the id becomes. */
  readonly theirs: Side;
  /** Of whom it leaves. */
  readonly hers: Side & {
    readonly gained: readonly string[];
    readonly lost: readonly string[];
    /** Journeys that she leaves, because what let her in was not hers; their ids. */
    readonly leaves: readonly string[];
  };
}

interface Side {
  readonly events: number;
  readonly tags: readonly string[];
  readonly traits: Readonly<Record<string, unknown>>;
}

export async function previewSeparation(wanted: Separation, rules: Rules, now: string): Promise<Refused | Preview> {
  const found = await look(wanted, rules, now);
  if (typeof found === 'string') return found;
  const { loaded, parts } = found;
  const { compiled } = rules;
  const theirs = refold(emptyState(wanted.to), allOf(parts.theirs), compiled, compiled, CAUSE, now).state;
  const hers = herselfAlone(found, rules, now);
  const borrowed = await borrowedPassages(wanted.customer, parts, loaded.state, hers);
  const [before, after] = [Object.keys(loaded.state.tags), Object.keys(hers.tags)];
  return {
    ids: parts.ids,
    theirs: { events: parts.theirs.events.length, tags: Object.keys(theirs.tags), traits: theirs.traits },
    hers: {
      events: parts.hers.events.length,
      tags: after,
      traits: hers.traits,
      gained: after.filter((key) => !before.includes(key)),
      lost: before.filter((key) => !after.includes(key)),
      leaves: borrowed.map(({ journey }) => journey),
    },
  };
}

/**
 * @param by who asks for it
 * @param now ISO 8601, UTC
 */
export async function separate(wanted: Separation, by: string, rules: Rules, now: string): Promise<Refused | 'done'> {
  const { customer, to } = wanted;
  const found = await look(wanted, rules, now);
  if (typeof found === 'string') return found;
  const { parts } = found;
  await tellAgain(parts, to, by, rules, now);
  const { version } = await loadState(to);
  await handPersonOver(customer, parts.ids, to, version);
  // While it can still be told what only the events of both gave.
  const without = herselfAlone(found, rules, now);
  await endBorrowed(customer, await borrowedPassages(customer, parts, found.loaded.state, without), to);
  await takeTags(customer, handsOf(parts), by, rules, now);
  await takeOut(parts);
  await foldAnew(customer, by, rules, now);
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    if (await handOver(customer, parts, await loadState(to), by, now)) return 'done';
  }
  throw new TooMuchContention(to);
}

interface Found {
  readonly loaded: Loaded;
  readonly parts: Parts;
}

async function look({ customer, id, to }: Separation, rules: Rules, now: string): Promise<Refused | Found> {
  // A merge that has begun is finished, and what time alone has changed is told, before anything is taken apart.
  await advanceCustomer(customer, { inputs: [{ type: 'time' }] }, rules, now);
  const [loaded, target] = await Promise.all([loadState(customer), loadState(to)]);
  const parts = loaded.customer === customer ? await partsOf(customer, id) : undefined;
  if (parts === undefined) return 'not-joined';
  if (!allKept(loaded)) return 'too-old';
  const begun = target.customer === to && target.version > 0 ? await keptOf(target) : undefined;
  const resumed = begun?.events.every(({ as }) => as !== undefined && parts.ids.includes(as)) === true;
  if (target.version > 0 && !resumed) return 'taken';
  if (parts.theirs.events.length === 0 && !resumed) return 'nothing';
  return { loaded, parts };
}

/** The new customer, from all that came under those ids; nothing of it is news. */
async function tellAgain({ theirs }: Parts, to: string, by: string, rules: Rules, now: string): Promise<void> {
  const events = theirs.events.map((event) => ({ event: { ...event, quiet: true as const }, borrowedTime: false }));
  await advanceCustomer(to, { events }, rules, now);
  const { state } = await loadState(to);
  const inputs = lastOf(theirs.hands).flatMap(({ op, key }) =>
    op === 'add' && !(key in state.tags) ? [{ type: 'tag' as const, op, key, cause: by }] : [],
  );
  if (inputs.length > 0) await advanceCustomer(to, { inputs, quiet: true }, rules, now);
}

/** Of each tag what was done by hand last. */
const lastOf = (hands: readonly Hand[]): readonly Hand[] => [
  ...new Map(hands.toSorted((a, b) => (a.at < b.at ? -1 : 1)).map((hand) => [hand.key, hand])).values(),
];

/** Tags that were given by hand under those ids alone. */
const handsOf = ({ theirs, hers }: Parts): readonly string[] => {
  const own = new Set(hers.hands.map(({ key }) => key));
  return [...new Set(theirs.hands.map(({ key }) => key))].filter((key) => !own.has(key));
};

/** What she would be without the other's events. */
function herselfAlone({ loaded, parts }: Found, { compiled }: Rules, now: string): CustomerState {
  return refold(notOnly(loaded, parts), allOf(parts.hers), compiled, compiled, CAUSE, now).state;
}

const CAUSE = { by: 'manual', ref: 'separation', depth: 0 } as const;
const allOf = (part: Parts['hers']): Kept => ({ ...part, complete: true });

const notOnly = ({ state }: Loaded, parts: Parts): Loaded['state'] => {
  const gone = handsOf(parts);
  return {
    ...spanless(state),
    tags: Object.fromEntries(Object.entries(state.tags).filter(([key]) => !gone.includes(key))),
  };
};

/** When she was first and last seen follows from her own events. */
const spanless = (state: Loaded['state']): Loaded['state'] => {
  const { firstSeenAt: _f, lastSeenAt: _l, ...rest } = plain(state);
  return rest;
};

/** Tags that people gave under those ids alone go with them. */
async function takeTags(customer: string, hands: readonly string[], by: string, rules: Rules, now: string) {
  const { state: held } = await loadState(customer);
  const inputs = hands.flatMap((key) =>
    held.tags[key]?.manual === true ? [{ type: 'tag' as const, op: 'remove' as const, key, cause: by }] : [],
  );
  if (inputs.length > 0) await advanceCustomer(customer, { inputs, quiet: true }, rules, now);
}

/** Who stays, from what is left of hers. */
async function foldAnew(customer: string, by: string, rules: Rules, now: string): Promise<void> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const loaded = await loadState(customer);
    const kept = await keptOf(loaded);
    const cause = { by: 'manual', ref: by, depth: 0 } as const;
    const { compiled } = rules;
    const { state, changes, same } = refold(spanless(loaded.state), kept, compiled, compiled, cause, now);
    // What stopped the other's messages does not stop hers.
    const stops = remember({ names: loaded.stops.names, events: {} }, kept.events);
    if (same && Object.keys(stops.events).length === Object.keys(loaded.stops.events).length) return;
    const how = { now, families: rules.families, quiet: true };
    const answer = await commit({ ...loaded, stops }, [], { state, changes }, how);
    if (answer.type === 'done') {
      expect(answer.stored);
      return;
    }
    unexpected(customer);
  }
  throw new TooMuchContention(customer);
}
