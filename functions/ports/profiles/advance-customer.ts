import { setTimeout as pause } from 'node:timers/promises';
import { orderKeys } from '../../../shared/events/index.ts';
import { advance, type Change, type ProfileInput } from '../../../shared/profile/index.ts';
import type { Rules } from '../ruleset/index.ts';
import { commit, type Incoming } from './commit.ts';
import { expect, unexpected } from './expected.ts';
import { finishMerge } from './merge.ts';
import { type Loaded, loadState } from './states.ts';

/** Events of one customer written in one go; a transaction has a hundred rows, and tags need room too. */
const CHUNK = 30;
/** Other writers of the same customer can be in the way only so often before something is wrong. */
const ATTEMPTS = 20;
/** Before it is tried again, in ms of the machine's time; chance spreads those that wait. */
const LONGEST_PAUSE = 500;

/** What is to happen to one customer: events (kept, refused when repeated), or other inputs, or both. */
export interface Work {
  readonly events?: readonly Incoming[];
  readonly inputs?: readonly Exclude<ProfileInput, { type: 'event' }>[];
  /** The inputs' tag changes are history brought in (a backfill): they let nobody into a journey. */
  readonly quiet?: true;
}

export interface Outcome {
  readonly changes: readonly Change[];
  readonly dueAt?: string;
  /** Events that were kept, not counting repetitions. */
  readonly kept: number;
}

/**
 * Reads, advances, writes; again when somebody else wrote meanwhile. Every event takes effect exactly once, whatever
 * crashes or comes again.
 *
 * What is quiet (an import, a backfill) is written by itself, so that its changes can be told from news: first what time
 * alone would have changed by now, then the quiet events, then the rest.
 *
 * What names an id that was merged into another concerns that other; a merge that has begun is finished first.
 *
 * @param loaded the state when the caller has it already, read or expected; saves a call
 * @param now ISO 8601, UTC
 */
export async function advanceCustomer(
  customer: string,
  work: Work,
  rules: Rules,
  now: string,
  loaded?: Loaded,
): Promise<Outcome> {
  const { true: quiet = [], false: live = [] } = Object.groupBy(work.events ?? [], ({ event }) =>
    event.quiet ? 'true' : 'false',
  );
  const rest: Pass = { events: live, inputs: work.inputs ?? [], ...(work.quiet ? { quiet: true } : {}) };
  if (quiet.length === 0 && !rest.quiet) return bring(customer, rest, rules, now, loaded);
  let current = await whole(loaded ?? (await loadState(customer)), rules, now);
  const passes: Pass[] = [{ events: quiet, inputs: [], quiet: true }, rest];
  if (current.state.dueAt !== undefined && current.state.dueAt <= now) {
    passes.unshift({ events: [], inputs: [{ type: 'time' }] });
  }
  const outcome = { changes: [] as Change[], dueAt: current.state.dueAt, kept: 0 };
  for (const pass of passes) {
    if (pass.events.length === 0 && pass.inputs.length === 0) continue;
    const brought = await bring(customer, pass, rules, now, current);
    outcome.changes.push(...brought.changes);
    outcome.dueAt = brought.dueAt;
    outcome.kept += brought.kept;
    current = brought.current;
  }
  return outcome;
}

interface Pass {
  readonly events: readonly Incoming[];
  readonly inputs: NonNullable<Work['inputs']>;
  readonly quiet?: true;
}

async function bring(
  customer: string,
  pass: Pass,
  rules: Rules,
  now: string,
  loaded?: Loaded,
): Promise<Outcome & { readonly current: Loaded }> {
  let waiting = distinct(pass.events);
  let { inputs } = pass;
  let current = await whole(loaded ?? (await loadState(customer)), rules, now);
  let size = CHUNK;
  const outcome = { changes: [] as Change[], dueAt: current.state.dueAt, kept: 0 };
  for (let attempt = 0; waiting.length > 0 || inputs.length > 0; ) {
    const chunk = waiting.slice(0, size);
    const list: ProfileInput[] = [...chunk.flatMap(inputsOf), ...inputs];
    const advanced = advance(current.state, list, rules.compiled, now);
    if (chunk.length === 0 && idle(current, advanced) && !lies(current, now)) {
      if (current.expected === undefined) return { ...outcome, dueAt: advanced.dueAt, current };
      current = await reload(current, rules, now);
      continue;
    }
    const hands = list.flatMap((input) => (input.type === 'tag' ? [{ ...input, at: now }] : []));
    const answer = await commit(current, chunk, advanced, { now, hands, ...quietly(pass) });
    if (answer.type === 'done') {
      outcome.changes.push(...advanced.changes);
      outcome.dueAt = advanced.dueAt;
      outcome.kept += chunk.length;
      waiting = waiting.slice(chunk.length);
      inputs = [];
      current = answer.stored;
      expect(current);
      continue;
    }
    if (answer.type === 'tooMany') {
      size = Math.max(1, Math.floor(chunk.length / 2));
    } else if (answer.type === 'repeated') {
      const gone = new Set(answer.events);
      waiting = waiting.filter(({ event }) => !gone.has(event));
      // What is known already may have been written by another handler just now.
      if (waiting.length > 0 || inputs.length > 0) current = await reload(current, rules, now);
    } else {
      if (++attempt >= ATTEMPTS) throw new TooMuchContention(customer);
      // Of many at the same customer one gets through at a time; the more often one did not, the further it steps back.
      await pause(Math.random() * Math.min(LONGEST_PAUSE, 5 * 2 ** attempt));
      current = await reload(current, rules, now);
    }
  }
  return { ...outcome, current };
}

const quietly = ({ quiet }: Pass): { quiet?: true } => (quiet ? { quiet } : {});

async function reload({ customer }: Loaded, rules: Rules, now: string): Promise<Loaded> {
  unexpected(customer);
  return whole(await loadState(customer), rules, now);
}

/** A merge that has begun comes first. */
async function whole(loaded: Loaded, rules: Rules, now: string): Promise<Loaded> {
  let current = loaded;
  for (let attempt = 0; current.identity.merging !== undefined; attempt++) {
    if (attempt >= ATTEMPTS) throw new TooMuchContention(current.customer);
    await finishMerge(current, rules, now);
    current = await loadState(current.customer);
  }
  return current;
}

function inputsOf({ event, tags = [] }: Incoming): ProfileInput[] {
  const byHand = tags.map((key) => ({ type: 'tag' as const, op: 'add' as const, key, cause: event.id }));
  return [{ type: 'event', event }, ...byHand];
}

/** Nothing changed: no write, no stream record. advance() then gives the very same state back. */
const idle = (current: Loaded, advanced: { state: unknown }): boolean => advanced.state === current.state;

/** Her row lies in the index at a moment that has passed, where every sweep would find it. */
const lies = ({ due }: Loaded, now: string): boolean => due !== undefined && due <= now;

/** In the order of their times, each once: a batch may hold the same message, or the same order, twice. */
function distinct(events: readonly Incoming[]): Incoming[] {
  const byKey = new Map(events.map((incoming) => [keyOf(incoming), incoming]));
  const orders = new Set<string>();
  return [...byKey]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .filter(([, { event }]) => {
      const keys = orderKeys(event);
      if (keys.some((key) => orders.has(key))) return false;
      for (const key of keys) orders.add(key);
      return true;
    })
    .map(([, incoming]) => incoming);
}

/** Repetitions of an event whose time is not its own may carry different times. */
const keyOf = ({ event, borrowedTime }: Incoming): string =>
  borrowedTime ? `~${event.id}` : `${event.at}#${event.id}`;

export class TooMuchContention extends Error {
  readonly code = 'too-much-contention';
  constructor(customer: string) {
    super(`Customer ${customer} was written by others ${ATTEMPTS} times in a row`);
    this.name = 'TooMuchContention';
  }
}
