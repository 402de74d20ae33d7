import { mergeShards, shardOf, type TransactItem, tableName } from '../tables/index.ts';

const memberPk = (segment: string, shard: number): string => `in#${segment}#${shard}`;

/** Enters the customer under the segment that she is in `since` then, or takes her out when she is in it no more. */
export function segmentMemberItem(customer: string, segment: string, since: string | undefined): TransactItem {
  const key = { pk: memberPk(segment, shardOf(customer)), sk: customer };
  return since === undefined
    ? { Delete: { TableName: tableName('tags'), Key: key } }
    : { Put: { TableName: tableName('tags'), Item: { ...key, customer, since } } };
}

/** Customers in this segment, in the order of their ids. */
export async function listSegmentMembers(
  segment: string,
  cursor: string | undefined,
  limit: number,
): Promise<{ items: string[]; cursor?: string }> {
  const ask = (shard: number) => ({ pk: memberPk(segment, shard), prefix: '' });
  const page = await mergeShards('tags', { ask, orderOf: (row) => row.sk, limit, cursor });
  return { ...page, items: page.items.map((row) => row.sk) };
}
