import { pipeline } from '../pipeline.ts';
import { now } from '../ports/clock/index.ts';
import { advanceCustomer, dueBy, expectedDue, expectStates } from '../ports/profiles/index.ts';
import { currentRules } from '../ports/ruleset/index.ts';

/** Customers per shard and call: some seconds of work, well inside the timeout. */
const PER_SHARD = 100;

export interface Swept {
  /** True when more is due already: call again. */
  readonly more: boolean;
  readonly advanced: number;
}

/**
 * Advances every customer at whom something is due by now. One who fails stays due and does not hold up the others.
 * Those whom this process itself wrote are not waited for: they are advanced while the index is asked who else is due.
 */
export const handler = pipeline(async (): Promise<Swept> => {
  const at = now();
  const rules = await currentRules();
  const advance = async (customers: readonly string[]) => {
    const states = await expectStates(customers);
    return Promise.allSettled(
      customers.map((customer) =>
        advanceCustomer(customer, { inputs: [{ type: 'time' }] }, rules, at, states.get(customer)),
      ),
    );
  };
  const known = new Set(expectedDue(at, PER_SHARD));
  const [ours, due] = await Promise.all([advance([...known]), dueBy(at, PER_SHARD)]);
  const others = await advance(due.map(({ customer }) => customer).filter((customer) => !known.has(customer)));
  const results = [...ours, ...others];
  const failed = results.find((result) => result.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
  const again = results.some(
    (result) => result.status === 'fulfilled' && result.value.dueAt !== undefined && result.value.dueAt <= at,
  );
  // A full shard may hide others that are due too.
  return { more: due.length >= PER_SHARD || known.size >= PER_SHARD || again, advanced: results.length };
});
