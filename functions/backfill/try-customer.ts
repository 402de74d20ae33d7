import { advance, refold } from '../../shared/profile/index.ts';
import { loadStates, TooMuchContention } from '../ports/profiles/index.ts';
import type { Read } from './before.ts';
import { ATTEMPTS, type Context, type Effect, NOTHING } from './context.ts';
import { effectOf, keptOf } from './kept.ts';

/**
 * What the rules would change of her tags as they are now. Nothing is written. State and events must be of one moment:
 * whoever asks looks afterwards who was written meanwhile, and has those tried again by themselves.
 */
export async function tryCustomer(
  customer: string,
  { rules, current, base, now }: Context,
  { loaded }: Read,
): Promise<Effect> {
  if (loaded.version === 0 || loaded.customer !== customer) return NOTHING;
  const kept = await keptOf(loaded);
  const due = loaded.state.dueAt !== undefined && loaded.state.dueAt <= now;
  const { state } = due ? advance(loaded.state, [{ type: 'time' }], current.compiled, now) : loaded;
  const { changes } = refold(state, kept, rules.compiled, base, { by: 'ruleset', depth: 0 }, now);
  return effectOf(changes, !kept.complete);
}

/** Those whom somebody wrote since they were read. */
export async function overtaken(read: ReadonlyMap<string, Read>): Promise<string[]> {
  const now = await loadStates([...read.keys()]);
  return [...read].flatMap(([customer, { loaded }]) => (isSame(now.get(customer)!, loaded) ? [] : [customer]));
}

const isSame = (a: Read['loaded'], b: Read['loaded']): boolean => a.customer === b.customer && a.version === b.version;

/** One who is written all the time, until there is a moment in which she is not. */
export async function tryAgain(customer: string, context: Context): Promise<Effect> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const read = await readStates([customer]);
    const effect = await tryCustomer(customer, context, read.get(customer)!);
    if ((await overtaken(read)).length === 0) return effect;
  }
  throw new TooMuchContention(customer);
}

export const readStates = async (customers: readonly string[]): Promise<Map<string, Read>> =>
  new Map([...(await loadStates(customers))].map(([customer, loaded]) => [customer, { loaded }]));
