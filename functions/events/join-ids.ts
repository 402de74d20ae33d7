import { failedItem } from '../pipeline.ts';
import { expectStates, join, keepRejected, type Loaded, type RejectedEvent } from '../ports/profiles/index.ts';
import type { Rules } from '../ports/ruleset/index.ts';
import type { Accepted } from './read-batch.ts';

/**
 * Makes one of the ids that these messages say are one person's; what is known already costs nothing. Brings `states`
 * up to date. What cannot be done is kept as a rejected event and is none of `joined`; what failed comes again, and so do
 * those that are left when there is no time any more.
 */
export async function joinIds(
  accepted: readonly Accepted[],
  states: Map<string, Loaded>,
  rules: Rules,
  now: string,
  outOfTime: () => boolean,
): Promise<{ joined: readonly Accepted[]; refused: number; failures: Set<string> }> {
  const news = accepted.filter((one) => isNews(one, states));
  const failures = new Set<string>();
  if (news.length === 0) return { joined: accepted, refused: 0, failures };
  const refused = new Map<Accepted, RejectedEvent>();
  // One after the other: two of them may be about the same people.
  for (const one of news) {
    if (outOfTime()) {
      failures.add(one.message);
      continue;
    }
    try {
      const { type, diagnostics } = await join(one.event, one.joins!, rules, now);
      if (type === 'refused') refused.set(one, one.refused(diagnostics));
    } catch (error) {
      failedItem('join-failed', one.message, error);
      failures.add(one.message);
    }
  }
  await keepRejected([...refused.values()]);
  const joined = accepted.filter((one) => !refused.has(one) && !failures.has(one.message));
  for (const [id, loaded] of await expectStates([...states.keys()])) states.set(id, loaded);
  return { joined, refused: refused.size, failures };
}

/** An alias may have to be refused, and is rare: it is always looked at. */
function isNews({ event, joins }: Accepted, states: ReadonlyMap<string, Loaded>): boolean {
  if (joins === undefined) return false;
  const { customer, identity } = states.get(event.customer)!;
  return joins.rule === 'alias' || (joins.id !== customer && !identity.ids.includes(joins.id));
}
