import { setTimeout as pause } from 'node:timers/promises';
import {
  type AttributeValue,
  BatchGetItemCommand,
  GetItemCommand,
  QueryCommand,
  type QueryCommandInput,
} from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { abreast } from '../abreast.ts';
import { expired } from '../clock/index.ts';
import { database, marshall, type TableName, tableName } from './client.ts';
import { isKey, keyOrder } from './keys.ts';

export type Row = Record<string, unknown> & { pk: string; sk: string };
export interface Key {
  readonly pk: string;
  readonly sk: string;
}

const MAX_BATCH = 100;
/** Calls for one batch under way at a time: an export asks for a thousand states. */
const AT_ONCE = 8;

type Attributes = Record<string, AttributeValue>;
const rowFrom = (item: Attributes): Row => unmarshall(item) as Row;

/** One row by its key, consistently; undefined where there is none. What has expired may still be there. */
export async function get(table: TableName, key: Key): Promise<Row | undefined> {
  if (!isKey(key)) return undefined;
  const Key = marshall({ pk: key.pk, sk: key.sk });
  const { Item } = await database().send(
    new GetItemCommand({ TableName: tableName(table), Key, ConsistentRead: true }),
  );
  return Item && rowFrom(Item);
}

/**
 * Rows by key, from any tables, in as few calls as possible; absent and expired ones are left out. Always consistent.
 * The answer is keyed by `pk|sk` per table.
 */
export async function batchGet(
  wanted: Partial<Record<TableName, readonly Key[]>>,
): Promise<(table: TableName, key: Key) => Row | undefined> {
  const found = new Map<string, Row>();
  const names = new Map<string, TableName>();
  const all = Object.entries(wanted).flatMap(([table, keys]) => {
    names.set(tableName(table as TableName), table as TableName);
    const distinct = new Map((keys ?? []).map((key) => [`${key.pk}|${key.sk}`, { pk: key.pk, sk: key.sk }]));
    return [...distinct.values()].filter(isKey).map((key) => ({ table: tableName(table as TableName), key }));
  });
  const batches: Wanted[][] = [];
  for (let from = 0; from < all.length; from += MAX_BATCH) batches.push(all.slice(from, from + MAX_BATCH));
  await abreast(batches, AT_ONCE, (batch) =>
    getAll(batch, (table, row) => {
      if (!expired(row)) found.set(`${names.get(table)}|${row.pk}|${row.sk}`, row);
    }),
  );
  return (table, key) => found.get(`${table}|${key.pk}|${key.sk}`);
}

interface Wanted {
  readonly table: string;
  readonly key: Key;
}

/** What DynamoDB leaves for later is asked for again. */
async function getAll(batch: readonly Wanted[], take: (table: string, row: Row) => void): Promise<void> {
  let left: readonly Wanted[] = batch;
  for (let attempt = 0; left.length > 0; attempt++) {
    const requests: Record<string, { Keys: Attributes[]; ConsistentRead: true }> = {};
    for (const { table, key } of left) {
      requests[table] ??= { Keys: [], ConsistentRead: true };
      requests[table].Keys.push(marshall({ ...key }));
    }
    const answer = await database().send(new BatchGetItemCommand({ RequestItems: requests }));
    for (const [table, rows] of Object.entries(answer.Responses ?? {})) {
      for (const row of rows.map(rowFrom)) take(table, row);
    }
    left = Object.entries(answer.UnprocessedKeys ?? {}).flatMap(([table, { Keys }]) =>
      (Keys ?? []).map((key) => ({ table, key: rowFrom(key) })),
    );
    if (left.length > 0) await pause(Math.min(1000, 25 * 2 ** attempt));
  }
}

export interface RangeQuery {
  readonly index?: string;
  readonly pkName?: string;
  readonly skName?: string;
  readonly pk: string;
  readonly prefix?: string;
  readonly from?: string;
  readonly to?: string;
  readonly backwards?: boolean;
  readonly consistent?: boolean;
  /** Pages of at most this many; without it everything is read. */
  readonly limit?: number;
  /** Begins behind the row of this key (of an index: with the index's own key attributes). */
  readonly after?: Record<string, unknown>;
  readonly filter?: {
    readonly expression: string;
    readonly names: Record<string, string>;
    readonly values: Record<string, unknown>;
  };
}

/** Rows of one partition in key order, expired ones left out. `from` and `to` are inclusive. */
export async function query(table: TableName, ask: RangeQuery): Promise<Row[]> {
  const rows: Row[] = [];
  if (!isRange(ask)) return rows;
  let start = ask.after && marshall(ask.after);
  do {
    const page = await database().send(new QueryCommand({ ...input(table, ask), ExclusiveStartKey: start }));
    rows.push(...(page.Items ?? []).map(rowFrom).filter((row) => !expired(row)));
    start = page.LastEvaluatedKey;
  } while (start !== undefined && (ask.limit === undefined || rows.length < ask.limit));
  return ask.limit === undefined ? rows : rows.slice(0, ask.limit);
}

/** How many rows of one partition there are. */
export async function count(table: TableName, ask: RangeQuery): Promise<number> {
  let total = 0;
  if (!isRange(ask)) return total;
  let start: Attributes | undefined;
  do {
    const page = await database().send(
      new QueryCommand({ ...input(table, ask), Select: 'COUNT', ExclusiveStartKey: start }),
    );
    total += page.Count ?? 0;
    start = page.LastEvaluatedKey;
  } while (start !== undefined);
  return total;
}

/** Could a row be in it? */
const isRange = ({ pk, prefix = '', from = '', to }: RangeQuery): boolean =>
  [prefix, from, to ?? ''].every((sk) => isKey({ pk, sk: sk || '-' })) && (to === undefined || keyOrder(from, to) <= 0);

function input(table: TableName, ask: RangeQuery): QueryCommandInput {
  const names: Record<string, string> = { '#pk': ask.pkName ?? 'pk', ...ask.filter?.names };
  const values: Record<string, unknown> = { ':pk': ask.pk, ...ask.filter?.values };
  let condition = '#pk = :pk';
  const range = rangeOf(ask, values);
  if (range !== undefined) {
    names['#sk'] = ask.skName ?? 'sk';
    condition += ` AND ${range}`;
  }
  return {
    TableName: tableName(table),
    IndexName: ask.index,
    KeyConditionExpression: condition,
    FilterExpression: ask.filter?.expression,
    ExpressionAttributeNames: names,
    ExpressionAttributeValues: marshall(values),
    ScanIndexForward: ask.backwards !== true,
    ConsistentRead: ask.index === undefined ? (ask.consistent ?? false) : undefined,
    Limit: ask.filter === undefined ? ask.limit : undefined,
  };
}

function rangeOf(ask: RangeQuery, values: Record<string, unknown>): string | undefined {
  if (ask.prefix !== undefined && ask.from === undefined && ask.to === undefined) {
    if (ask.prefix === '') return undefined;
    values[':prefix'] = ask.prefix;
    return 'begins_with(#sk, :prefix)';
  }
  if (ask.from === undefined && ask.to === undefined) return undefined;
  if (ask.from !== undefined) values[':from'] = ask.from;
  if (ask.to !== undefined) values[':to'] = ask.to;
  if (ask.from !== undefined && ask.to !== undefined) return '#sk BETWEEN :from AND :to';
  return ask.from !== undefined ? '#sk >= :from' : '#sk <= :to';
}
