import { advance, refold } from '../../shared/profile/index.ts';
import { loadState, TooMuchContention } from '../ports/profiles/index.ts';
import { ATTEMPTS, type Context, type Effect, NOTHING } from './context.ts';
import { effectOf, keptOf } from './kept.ts';

/** What the rules would change of her tags as they are now. Nothing is written. */
export async function tryCustomer(customer: string, { rules, current, base, now }: Context): Promise<Effect> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const loaded = await loadState(customer);
    if (loaded.version === 0 || loaded.customer !== customer) return NOTHING;
    const kept = await keptOf(loaded);
    // What was read must be of one moment.
    if ((await loadState(customer)).version !== loaded.version) continue;
    const due = loaded.state.dueAt !== undefined && loaded.state.dueAt <= now;
    const { state } = due ? advance(loaded.state, [{ type: 'time' }], current.compiled, now) : loaded;
    const { changes } = refold(state, kept, rules.compiled, base, { by: 'ruleset', depth: 0 }, now);
    return effectOf(changes, !kept.complete);
  }
  throw new TooMuchContention(customer);
}
