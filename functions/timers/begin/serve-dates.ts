import { readPath, splitPath } from '../../../shared/rules/index.ts';
import { afterDate, begin, type PlannedDate, planDate } from '../../ports/begins/index.ts';
import { loadStates } from '../../ports/profiles/index.ts';
import { type EntriesByTime, entryKey } from './entries.ts';

/**
 * Customers whose date has come: told first, then planned anew. Her state has the last word: where the date is another by
 * now, or the id was merged into another customer's, nothing comes of the row but a new plan.
 */
export async function serveDates(due: readonly PlannedDate[], entries: EntriesByTime): Promise<void> {
  const states = await loadStates([...new Set(due.map(({ customer }) => customer))]);
  const served = due.map((planned) => {
    const entry = entries.get(entryKey(planned));
    const { customer, version, state } = states.get(planned.customer)!;
    if (entry?.clock.of !== 'customer') return { planned };
    const { clock, zone, journey, node, type } = entry;
    const at = Date.parse(planned.dueAt);
    const now = clock.next(state.traits, at - 1, zone);
    const next = clock.next(state.traits, at, zone);
    const date = readPath({ ...state.traits }, splitPath(clock.name));
    const cause = { type, name: clock.name, at: planned.dueAt, properties: { occasion: now?.occasion, date } };
    const told = now?.at === at ? { customer, version, occasion: now.occasion, journey, node, cause } : undefined;
    return { planned, customer, version, told, next: next && new Date(next.at).toISOString() };
  });
  await begin(served.flatMap(({ told }) => told ?? []));
  await Promise.all(
    served.map(async ({ planned, customer, version, next }) => {
      const moved = customer !== undefined && customer !== planned.customer;
      if (moved) await planDate({ ...planned, customer }, next, version as number);
      await afterDate(planned, moved ? undefined : next);
    }),
  );
}
