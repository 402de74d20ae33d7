import type { CustomerEvent } from '../../../shared/events/index.ts';

/** Keys of the profiles table, see docs/data.md. */
export const customerPk = (customer: string): string => `c#${customer}`;
export const customerOf = (pk: string): string => pk.slice(2);
export const STATE = 'state';
export const EVENT = 'e#';
export const CHANGES = 'h#';
export const SEEN = 'd#';
/** Ids that were merged into this customer's, and ids that were not because they are somebody else's. */
export const MERGED = 'i#';
export const APART = 'j#';
export const REJECTED = 'rejected';

export const eventSk = (event: Pick<CustomerEvent, 'at' | 'id'>): string => `${EVENT}${event.at}#${event.id}`;
export const changesSk = (at: string, version: number): string => `${CHANGES}${at}#${version}`;
export const mergedSk = (id: string): string => `${MERGED}${id}`;
export const apartSk = (id: string): string => `${APART}${id}`;
export const duePk = (shard: number): string => `due#${shard}`;
