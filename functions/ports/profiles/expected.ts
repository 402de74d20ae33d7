import { tableName } from '../tables/index.ts';
import { type Loaded, loadStates } from './states.ts';

/** Some 10 KB each in memory. */
const MOST = 3000;

/** What this process wrote last of each customer, the latest at the end. */
const written = new Map<string, Loaded>();
const keyOf = (customer: string): string => `${tableName('profiles')}/${customer}`;

/** Keeps in mind what was just written, so that the customer's next event need not read it. */
export function expect(loaded: Loaded): void {
  const key = keyOf(loaded.customer);
  written.delete(key);
  written.set(key, { ...loaded, expected: true });
  if (written.size > MOST) written.delete(written.keys().next().value as string);
}

/** Somebody else has written this customer since. */
export const unexpected = (customer: string): void => void written.delete(keyOf(customer));

/** Customers of whom this process knows that time changes something by `at` (ISO 8601, UTC), at most `limit`. */
export function expectedDue(at: string, limit: number): string[] {
  const table = `${tableName('profiles')}/`;
  const due: string[] = [];
  for (const [key, { customer, state }] of written) {
    if (state.dueAt === undefined || state.dueAt > at || !key.startsWith(table)) continue;
    due.push(customer);
    if (due.length === limit) break;
  }
  return due;
}

/**
 * The states of these customers as this process wrote them last, else as they are read: good enough to advance, because
 * the write goes through only if nobody wrote in between, and otherwise everything is read and computed again. Not for
 * anything that acts on what it reads without writing it.
 */
export async function expectStates(customers: readonly string[]): Promise<Map<string, Loaded>> {
  const known = new Map(customers.map((customer) => [customer, written.get(keyOf(customer))]));
  const read = await loadStates(customers.filter((customer) => known.get(customer) === undefined));
  return new Map(customers.map((customer) => [customer, known.get(customer) ?? read.get(customer)!]));
}
