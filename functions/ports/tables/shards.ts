/**
 * Spreads what would be one hot partition over a few, and reads them back as one list. The number is fixed for good
 * where it is part of stored keys; raising it needs readers that know both.
 */
import type { TableName } from './client.ts';
import { CursorUnknown } from './cursor.ts';
import { isKey, keyOrder } from './keys.ts';
import { type Key, query, type RangeQuery, type Row } from './read.ts';

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

export interface MergedPage {
  /** What the shard is asked for, without limit. */
  readonly ask: (shard: number) => RangeQuery;
  /** Sorts the merged list, in the direction in which the shards are read. */
  readonly orderOf: (row: Row) => string;
  readonly limit: number;
  readonly cursor?: string;
}

/**
 * One page of a list that lies in several shards. The cursor holds, for each shard, the row up to which it was used, so
 * any number of rows with the same order come exactly once.
 */
export async function mergeShards(table: TableName, page: MergedPage): Promise<{ items: Row[]; cursor?: string }> {
  const { orderOf, limit } = page;
  const used = readCursor(page);
  const sign = page.ask(0).backwards === true ? -1 : 1;
  const order = (a: Row, b: Row) => sign * keyOrder(orderOf(a), orderOf(b));
  const size = Math.min(limit + 1, share(limit));
  const shards = Array.from({ length: LIST_SHARDS }, (_, shard) => ({ shard, rows: [] as Row[], more: true }));
  let ready: { readonly row: Row; readonly shard: number }[] = [];
  for (;;) {
    // What lies behind the last row of a shard that may have more could come before rows of the others.
    const open = shards.filter(({ more }) => more);
    const short = open.filter(({ rows }) => open.every((other) => !isBehind(rows.at(-1), other.rows.at(-1), order)));
    await Promise.all(
      short.map(async (one) => {
        const ask = page.ask(one.shard);
        const last = one.rows.at(-1);
        const after = last === undefined ? (used[one.shard] ?? undefined) : keyOf(last, ask);
        const rows = await query(table, { ...ask, limit: size, after });
        one.rows.push(...rows);
        one.more = rows.length === size;
      }),
    );
    const ends = shards.flatMap(({ more, rows }) => (more ? rows.slice(-1) : []));
    ready = shards
      .flatMap(({ rows, shard }) => rows.map((row) => ({ row, shard })))
      .filter(({ row }) => ends.every((end) => order(row, end) <= 0))
      .sort((a, b) => order(a.row, b.row));
    if (ready.length > limit || ends.length === 0) break;
  }
  const taken = ready.slice(0, limit);
  for (const { row, shard } of taken) used[shard] = keyOf(row, page.ask(shard));
  const items = taken.map(({ row }) => row);
  return ready.length > limit ? { items, cursor: writeCursor(used) } : { items };
}

/** Somewhat more than a shard's part of a page, so that one look is mostly enough. */
const share = (limit: number): number => Math.ceil((limit / LIST_SHARDS) * 1.25) + 5;

const isBehind = (row: Row | undefined, other: Row | undefined, order: (a: Row, b: Row) => number): boolean =>
  row !== undefined && (other === undefined || order(row, other) > 0);

type StartKey = Record<string, unknown> | null;

const keyOf = (row: Row, { index, pkName = 'pk', skName = 'sk' }: RangeQuery): Record<string, unknown> =>
  index === undefined
    ? { pk: row.pk, sk: row.sk }
    : { pk: row.pk, sk: row.sk, [pkName]: row[pkName], [skName]: row[skName] };

const writeCursor = (used: readonly StartKey[]): string => Buffer.from(JSON.stringify(used)).toString('base64url');

/** @throws CursorUnknown for one that this very list did not give */
function readCursor({ cursor, ask }: MergedPage): StartKey[] {
  if (cursor === undefined) return Array.from({ length: LIST_SHARDS }, () => null);
  let used: unknown;
  try {
    used = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    throw new CursorUnknown();
  }
  if (!Array.isArray(used) || used.length !== LIST_SHARDS || !used.every((key, shard) => fits(key, ask(shard))))
    throw new CursorUnknown();
  return used as StartKey[];
}

/** Is it the key of a row that this list could have? */
function fits(key: unknown, { index, pkName = 'pk', skName = 'sk', pk, prefix = '' }: RangeQuery): boolean {
  if (key === null) return true;
  if (typeof key !== 'object') return false;
  const { [pkName]: inPk, [skName]: inSk, ...rest } = key as Record<string, unknown>;
  const names = Object.keys(rest);
  return (
    inPk === pk &&
    typeof inSk === 'string' &&
    inSk.startsWith(prefix) &&
    (index === undefined ? names.length === 0 : names.length === 2) &&
    names.every((name) => (name === 'pk' || name === 'sk') && typeof rest[name] === 'string') &&
    isKey({ pk, sk: inSk, ...rest } as Key)
  );
}
