/**
 * Spreads what would be one hot partition over a few, and reads them back as one list. The number is fixed for good
 * where it is part of stored keys; raising it needs readers that know both.
 */
export const LIST_SHARDS = 4;

/** FNV-1a with a last stir (its lowest bits alone are weak), 32 bits: small, stable, the same everywhere. */
export function hash32(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    hash ^= text.charCodeAt(i);
    hash = Math.imul(hash, 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

export const shardOf = (text: string, shards: number = LIST_SHARDS): number => hash32(text) % shards;

/**
 * Reads one page of a list that lies in several shards, in the order of `orderOf` (a text), and says where the next
 * page begins. `read` gets the shard and how many are wanted.
 */
export async function mergeShards<T>(
  read: (shard: number, limit: number) => Promise<T[]>,
  { orderOf, backwards = false, limit }: { orderOf: (row: T) => string; backwards?: boolean; limit: number },
): Promise<{ items: T[]; cursor?: string }> {
  const lists = await Promise.all(Array.from({ length: LIST_SHARDS }, (_, shard) => read(shard, limit + 1)));
  const sign = backwards ? -1 : 1;
  const all = lists.flat().sort((a, b) => (orderOf(a) < orderOf(b) ? -sign : orderOf(a) > orderOf(b) ? sign : 0));
  const items = all.slice(0, limit);
  const last = items.at(-1);
  return all.length > limit && last !== undefined ? { items, cursor: orderOf(last) } : { items };
}
