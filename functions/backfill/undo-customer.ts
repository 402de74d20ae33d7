import { advance, differences, plain } from '../../shared/profile/index.ts';
import { advanceCustomer, commit, expect, keptAfter, TooMuchContention, unexpected } from '../ports/profiles/index.ts';
import { markUndone, type Read, readWithBefore } from './before.ts';
import { ATTEMPTS, type Context, type Effect, NOTHING } from './context.ts';
import { effectOf } from './kept.ts';

/**
 * Sets her back: to her state from before the backfill, with all that came since taken in by the rules in force, as if
 * it had never been. So a tag that she got by it goes, unless what happened since gives it to her. Who was merged with another id since is left as she is.
 */
export async function undoCustomer(customer: string, { job, current, now }: Context, first: Read): Promise<Effect> {
  let read: Read | undefined = first;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const { loaded, before }: Read = read ?? (await readWithBefore([customer], job.id)).get(customer)!;
    read = undefined;
    const { into, merging, ids } = loaded.identity;
    if (before === undefined || into !== undefined) return NOTHING;
    if (merging !== undefined) {
      await advanceCustomer(customer, { inputs: [{ type: 'time' }] }, current, now, loaded);
      continue;
    }
    // A merge has folded all of both anew: there is no way back to before it.
    if (ids.some((id) => !before.ids.includes(id))) return NOTHING;
    if (before.undone !== undefined) return before.undone;
    const { events, hands } = await keptAfter(customer, before.version);
    const { stage } = loaded.state;
    const { stage: _, ...rest } = plain(before.state);
    const inputs = [{ type: 'time' as const }, ...events.map((event) => ({ type: 'event' as const, event })), ...hands];
    const { state, changes: told } = advance(
      stage === undefined ? rest : { ...rest, stage },
      inputs,
      current.compiled,
      now,
    );
    const cause = { by: 'ruleset', ref: `undo ${job.id}`, depth: 0 } as const;
    const changes = differences(loaded.state, state, told, current.compiled.version, cause, now);
    const effect = effectOf(changes, false);
    const answer = await commit(
      loaded,
      [],
      { state, changes },
      {
        now,
        quiet: !job.announce,
        with: [markUndone(customer, job.id, before, effect)],
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
