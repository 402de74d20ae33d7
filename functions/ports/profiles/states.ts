import { type CustomerState, emptyState } from '../../../shared/profile/index.ts';
import { batchGet, type Row } from '../tables/index.ts';
import { customerPk, STATE } from './keys.ts';

/** A customer's state as it was read; `version` 0 means that nobody knows her yet. */
export interface Loaded {
  readonly customer: string;
  readonly version: number;
  readonly state: CustomerState;
}

/** The states of these customers, consistently; one call per hundred. */
export async function loadStates(customers: readonly string[]): Promise<Map<string, Loaded>> {
  const keyOf = (customer: string) => ({ pk: customerPk(customer), sk: STATE });
  const row = await batchGet({ profiles: customers.map(keyOf) });
  return new Map(customers.map((customer) => [customer, loadedFrom(customer, row('profiles', keyOf(customer)))]));
}

export async function loadState(customer: string): Promise<Loaded> {
  return (await loadStates([customer])).get(customer)!;
}

/** From a row already read by other means. */
export const loadedFrom = (customer: string, row: Row | undefined): Loaded =>
  row === undefined
    ? { customer, version: 0, state: emptyState(customer) }
    : { customer, version: row['version'] as number, state: JSON.parse(row['body'] as string) as CustomerState };
