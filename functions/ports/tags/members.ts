import {
  count,
  LAST,
  mergeShards,
  query,
  readCursor,
  shardOf,
  type TransactItem,
  tableName,
  writeCursor,
} from '../tables/index.ts';

/** Who has which tag, and who is there at all: rows to find customers by. The customer's own state has the last word. */
const memberPk = (key: string): string => `tag#${key}`;
const directoryPk = (shard: number): string => `customers#${shard}`;

/** A family's members lie together (`浏览` holds `cream-01#c-1`), so that the family can be counted. */
function memberKey(customer: string, tag: string, families: readonly string[]): { pk: string; sk: string } {
  const family = families.find((key) => tag.startsWith(`${key}:`));
  return family === undefined
    ? { pk: memberPk(tag), sk: customer }
    : { pk: memberPk(family), sk: `${tag.slice(family.length + 1)}#${customer}` };
}

/** Enters the customer under the tag that she has `since` then, or takes her out when she has it no more. */
export function memberItem(
  customer: string,
  tag: string,
  since: string | undefined,
  families: readonly string[],
): TransactItem {
  const key = memberKey(customer, tag, families);
  return since === undefined
    ? { Delete: { TableName: tableName('tags'), Key: key } }
    : { Put: { TableName: tableName('tags'), Item: { ...key, customer, since } } };
}

/** One shard of the directory of all customers, by id. */
export const customersOf = (shard: number) => ({ pk: directoryPk(shard), prefix: '' });

export const directoryItem = (customer: string): TransactItem => ({
  Put: { TableName: tableName('tags'), Item: { pk: directoryPk(shardOf(customer)), sk: customer } },
});

/** Customers whose id begins with `prefix`, in the order of their ids. */
export async function listCustomers(
  prefix: string,
  cursor: string | undefined,
  limit: number,
): Promise<{ items: string[]; cursor?: string }> {
  const ask = (shard: number) => ({ pk: directoryPk(shard), prefix });
  const page = await mergeShards('tags', { ask, orderOf: (row) => row.sk, limit, cursor });
  return { ...page, items: page.items.map((row) => row.sk) };
}

/** Customers with this tag, in the order of their ids (of a family: of value and id). */
export async function listMembers(
  tag: string,
  families: readonly string[],
  cursor: string | undefined,
  limit: number,
): Promise<{ items: string[]; cursor?: string }> {
  const { pk, sk: prefix } = memberKey('', tag, families);
  const last = cursor === undefined ? undefined : String(readCursor(pk, cursor));
  const after = last === undefined ? {} : { from: `${last}\u0000`, to: `${prefix}${LAST}` };
  const rows = await query('tags', { pk, prefix, ...after, limit: limit + 1 });
  const page = rows.slice(0, limit);
  const items = page.map((row) => row['customer'] as string);
  return rows.length > limit ? { items, cursor: writeCursor(pk, page.at(-1)!.sk) } : { items };
}

/** What a lint asks of a tag: looked at are its first members by id (of a family: by value and id), in one call or two. */
export async function useOfTag(
  key: string,
  most: number,
): Promise<{ partly: boolean; newest: string; values: number } | undefined> {
  const rows = await query('tags', { pk: memberPk(key), limit: most });
  const newest = rows
    .map((row) => row['since'] as string)
    .sort()
    .at(-1);
  if (newest === undefined) return undefined;
  // `cream-01#c-1`: neither is without a # for sure, but the customer is known.
  const values = new Set(rows.map(({ sk, customer }) => sk.slice(0, Math.max(0, sk.length - `#${customer}`.length))));
  return { partly: rows.length === most, newest, values: values.size };
}

/** How many customers have the tag (of a family: how many pairs of customer and value). Exact; see docs/data.md. */
export const countMembers = (key: string): Promise<number> => count('tags', { pk: memberPk(key) });
