import { type Loaded, loadStates } from '../ports/profiles/index.ts';
import { nameOf } from './customer-search.ts';
import { type Person, seesPersonal } from './roles.ts';

/** Rows about customers, each with her name where one is known (masked for who may not see it). Reads states in batches. */
export async function withNames<T extends { readonly customer: string }>(
  rows: readonly T[],
  person: Person,
  states?: ReadonlyMap<string, Loaded>,
): Promise<(T & { name?: string })[]> {
  const known = states ?? (await loadStates([...new Set(rows.map(({ customer }) => customer))]));
  return rows.map((row) => {
    const loaded = known.get(row.customer);
    const name = loaded && nameOf(loaded, seesPersonal(person));
    return name === undefined ? row : { ...row, name };
  });
}
