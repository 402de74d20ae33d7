import { environment } from '../environment.ts';
import { DATE } from '../profiles/index.ts';
import { shardOf } from '../tables/index.ts';

/** Keys of what begins by time, in the table and the index `due` of profiles (docs/data.md). */
export const CLOCKS = 'clocks';
export const clockSk = (journey: string, node: string): string => `${journey}#${node}`;
/** Of the entries themselves; those of customers lie in shards. */
export const CLOCKS_DUE = 'clock#j';
export const dateSk = (journey: string, node: string): string => `${DATE}${journey}#${node}`;
export const dateDue = (shard: number): string => `clock#${shard}`;
export const dateShards = (): number => Number(environment('DUE_SHARDS'));
export const dateDueOf = (customer: string): string => dateDue(shardOf(customer, dateShards()));

/** Ids have no `#`. */
export function entryIn(sk: string): { journey: string; node: string } {
  const [journey = '', node = ''] = sk.split('#');
  return { journey, node };
}
