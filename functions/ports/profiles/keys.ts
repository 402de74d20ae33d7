import { type CustomerEvent, orderKeys } from '../../../shared/events/index.ts';
import { shortKey } from '../tables/index.ts';

/** Keys of the profiles table, see docs/data.md. */
export const customerPk = (customer: string): string => `c#${customer}`;
export const customerOf = (pk: string): string => pk.slice(2);
export const STATE = 'state';
export const EVENT = 'e#';
export const CHANGES = 'h#';
/** Tags set and taken by hand. */
export const HANDS = 'f#';
/** Her state from before a backfill. */
export const BEFORE = 'u#';
export const SEEN = 'd#';
/** Orders that were completed, paid or cancelled, whatever message said so. */
export const ORDER = 'g#';
/** Ids that were merged into this customer's, and ids that were not because they are somebody else's. */
export const MERGED = 'i#';
export const APART = 'j#';
/** That the moment of a journey's entry has come for her. */
export const BEGIN = 'b#';
/** When it will, by a date of hers. */
export const DATE = 'k#';
export const REJECTED = 'rejected';

export const eventSk = (event: Pick<CustomerEvent, 'at' | 'id'>): string => `${EVENT}${event.at}#${event.id}`;
export const orderSks = (event: CustomerEvent): readonly string[] =>
  orderKeys(event).map((key) => shortKey(`${ORDER}${key}`));
export const changesSk = (at: string, version: number): string => `${CHANGES}${at}#${version}`;
export const mergedSk = (id: string): string => `${MERGED}${id}`;
export const apartSk = (id: string): string => `${APART}${id}`;
export const handsSk = (at: string, version: number): string => `${HANDS}${at}#${String(version).padStart(10, '0')}`;
export const beginSk = (occasion: string, journey: string, node: string): string =>
  `${BEGIN}${occasion}#${journey}#${node}`;
export const duePk = (shard: number): string => `due#${shard}`;
