import { refold } from '../../shared/profile/index.ts';
import { advanceCustomer, commit, expect, TooMuchContention, unexpected } from '../ports/profiles/index.ts';
import { type Before, putBefore, type Read, readWithBefore } from './before.ts';
import { ATTEMPTS, type Context, type Effect, NOTHING } from './context.ts';
import { effectOf, keptOf } from './kept.ts';

/**
 * Folds her anew by the rules and writes it, with her state from before, in one transaction. It goes through only if
 * nobody wrote her meanwhile: a live event wins, and she is read again. Whoever comes again finds the state from before
 * and what came of it, so it takes effect once and is counted once.
 *
 * @param first as she was read together with others, a moment ago
 */
export async function applyCustomer(customer: string, context: Context, first: Read): Promise<Effect> {
  const { job, rules, base, now } = context;
  let read: Read | undefined = first;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const { loaded, before }: Read = read ?? (await readWithBefore([customer], job.id)).get(customer)!;
    read = undefined;
    if (before !== undefined) return before.effect;
    const { into, merging, ids } = loaded.identity;
    if (loaded.version === 0 || into !== undefined) return NOTHING;
    if (merging !== undefined || (loaded.state.dueAt !== undefined && loaded.state.dueAt <= now)) {
      // A merge that has begun is finished first; and what time alone was about to change is news.
      await advanceCustomer(customer, { inputs: [{ type: 'time' }] }, rules, now, loaded);
      continue;
    }
    const kept = await keptOf(loaded);
    const cause = { by: 'ruleset', ref: `backfill ${job.id}`, depth: 0 } as const;
    const { state, changes, same } = refold(loaded.state, kept, rules.compiled, base, cause, now);
    const effect = effectOf(changes, !kept.complete);
    if (same) return effect;
    const row: Before = { state: loaded.state, version: loaded.version, ids, effect };
    const answer = await commit(
      loaded,
      [],
      { state, changes },
      {
        now,
        quiet: !job.announce,
        with: [putBefore(customer, job.id, row)],
      },
    );
    if (answer.type === 'done') {
      expect(answer.stored);
      return effect;
    }
    unexpected(customer);
  }
  throw new TooMuchContention(customer);
}
