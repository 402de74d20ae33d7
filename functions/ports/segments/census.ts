/**
 * The census: one row for each customer with the segments she is in, in the order of a hash of her id. It is written in
 * the transaction that changes her state, when she is new or her segments change, and never otherwise. Its stream keeps
 * the counts; its order makes the first n rows a fair sample of everybody.
 */
import { hash32, mergeShards, shardOf, type TransactItem, tableName } from '../tables/index.ts';

/** Who is in which segments. */
export interface Counted {
  readonly customer: string;
  /** Ids, sorted. */
  readonly segments: readonly string[];
}

const censusPk = (shard: number): string => `census#${shard}`;
/** Other bits of the hash than those that choose the shard. */
const censusSk = (customer: string): string => `${hash32(customer).toString(16).padStart(8, '0')}#${customer}`;

/** @param rev grows with every write of her state, so that each change of the row is counted once */
export const censusItem = (customer: string, segments: readonly string[], rev: number): TransactItem => ({
  Put: {
    TableName: tableName('segments'),
    Item: { pk: censusPk(shardOf(customer)), sk: censusSk(customer), customer, segments: [...segments].sort(), rev },
  },
});

/** She is not a customer of her own any more. */
export const leavesCensus = (customer: string): TransactItem => ({
  Delete: { TableName: tableName('segments'), Key: { pk: censusPk(shardOf(customer)), sk: censusSk(customer) } },
});

/** The first `limit` customers in the order of the census: chosen as if by lot, the same ones every time. */
export async function sampleOfCustomers(limit: number): Promise<{ readonly items: Counted[]; readonly all: boolean }> {
  const ask = (shard: number) => ({ pk: censusPk(shard), prefix: '' });
  const page = await mergeShards('segments', { ask, orderOf: ({ sk }) => sk, limit });
  const items = page.items.map((row) => ({
    customer: row['customer'] as string,
    segments: row['segments'] as string[],
  }));
  return { items, all: page.cursor === undefined };
}
