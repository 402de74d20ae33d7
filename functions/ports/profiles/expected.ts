import { tableName } from '../tables/index.ts';
import { type Loaded, loadStates } from './states.ts';

/** Some 10 KB each in memory. */
const MOST = 3000;

/** What this process wrote last of each customer, the latest at the end. */
const written = new Map<string, Loaded>();
const keyOf = (customer: string): string => `${tableName('profiles')}/${customer}`;

interface Due {
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly key: string;
}

/** When time changes something at whom, soonest first; beside it some that no longer hold. */
let dues: Due[] = [];
const holds = ({ at, key }: Due): boolean => written.get(key)?.state.dueAt === at;

function expectDue(due: Due): void {
  let low = 0;
  for (let high = dues.length; low < high; ) {
    const middle = (low + high) >>> 1;
    if (dues[middle]!.at <= due.at) low = middle + 1;
    else high = middle;
  }
  dues.splice(low, 0, due);
  if (dues.length > 2 * MOST) dues = dues.filter(holds);
}

/** Keeps in mind what was just written, so that the customer's next event need not read it. */
export function expect(loaded: Loaded): void {
  const key = keyOf(loaded.customer);
  const before = written.get(key)?.state.dueAt;
  written.delete(key);
  written.set(key, { ...loaded, expected: true });
  const { dueAt } = loaded.state;
  if (dueAt !== undefined && dueAt !== before) expectDue({ at: dueAt, key });
  if (written.size > MOST) written.delete(written.keys().next().value as string);
}

/** Which id was merged into which, as far as this process has seen; it never changes but for going on further. */
const moved = new Map<string, string>();

/** Somebody else has written this customer since. */
export const unexpected = (customer: string): void => void written.delete(keyOf(customer));

/** Customers of whom this process knows that time changes something by `at` (ISO 8601, UTC), at most `limit`. */
export function expectedDue(at: string, limit: number): string[] {
  const later = dues.findIndex((due) => due.at > at);
  const passed = dues.splice(0, later === -1 ? dues.length : later).filter(holds);
  // Who is due stays due until she is written.
  dues.unshift(...passed);
  const table = `${tableName('profiles')}/`;
  const keys = new Set(passed.map(({ key }) => key).filter((key) => key.startsWith(table)));
  return [...keys].slice(0, limit).map((key) => written.get(key)!.customer);
}

/**
 * The states of these customers as this process wrote them last, else as they are read: good enough to advance, because
 * the write goes through only if nobody wrote in between, and otherwise everything is read and computed again. Not for
 * anything that acts on what it reads without writing it.
 */
export async function expectStates(customers: readonly string[]): Promise<Map<string, Loaded>> {
  const known = new Map(customers.map((customer) => [customer, written.get(keyOf(whose(customer)))]));
  const read = await loadStates(customers.filter((customer) => known.get(customer) === undefined));
  for (const [asked, { customer }] of read) if (asked !== customer) expectMoved(asked, customer);
  return new Map(customers.map((customer) => [customer, known.get(customer) ?? read.get(customer)!]));
}

function whose(customer: string): string {
  const into = moved.get(keyOf(customer));
  return into === undefined ? customer : whose(into);
}

/** An id that was merged into a customer's. */
export function expectMoved(asked: string, customer: string): void {
  const key = keyOf(asked);
  moved.delete(key);
  moved.set(key, customer);
  if (moved.size > MOST) moved.delete(moved.keys().next().value as string);
}
