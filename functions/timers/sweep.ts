import { pipeline } from '../pipeline.ts';
import { now } from '../ports/clock/index.ts';
import { advanceCustomer, loadStates, nextDue } from '../ports/profiles/index.ts';
import { currentRules } from '../ports/ruleset/index.ts';

/** Customers per shard and call: some seconds of work, well inside the timeout. */
const PER_SHARD = 100;

export interface Swept {
  /** The next moment at which time alone changes something; absent when there is none. */
  readonly nextDueAt?: string;
  /** True when more is due already: call again. */
  readonly more: boolean;
  readonly advanced: number;
}

/** Advances every customer at whom something is due by now. One who fails stays due and does not hold up the others. */
export const handler = pipeline(async (): Promise<Swept> => {
  const at = now();
  const [rules, candidates] = await Promise.all([currentRules(), nextDue(PER_SHARD)]);
  const due = candidates.filter(({ dueAt }) => dueAt <= at);
  const states = await loadStates(due.map(({ customer }) => customer));
  const results = await Promise.allSettled(
    due.map(({ customer }) =>
      advanceCustomer(customer, { inputs: [{ type: 'time' }] }, rules, at, states.get(customer)),
    ),
  );
  const failed = results.find((result) => result.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
  const next = [
    ...candidates.slice(due.length).map(({ dueAt }) => dueAt),
    ...results.flatMap((result) => (result.status === 'fulfilled' ? (result.value.dueAt ?? []) : [])),
  ].sort();
  // A full shard may hide others that are due too.
  const more = due.length >= PER_SHARD || (next[0] !== undefined && next[0] <= at);
  return { nextDueAt: next[0], more, advanced: due.length };
});
