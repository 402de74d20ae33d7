import { tableFullName } from '../../infra/local/names.ts';
import { TABLES, type TableSpec } from '../../infra/topology.ts';
import type { Call } from './dynamodb-calls.ts';

/** Units as DynamoDB counts them, and what they cost on demand in us-east-1. */
export interface Price {
  readonly writeUnits: number;
  readonly readUnits: number;
  /** Of all items written. */
  readonly bytes: number;
  readonly dollars: number;
}

const WRITE_DOLLARS = 0.625 / 1e6;
const READ_DOLLARS = 0.125 / 1e6;

/** Each counts as one item: so it is of all that events cause. */
const READS = new Set(['GetItem', 'Query', 'Scan']);

type Value = Readonly<Record<string, unknown>>;
type Item = Readonly<Record<string, Value>>;
interface Write {
  readonly TableName: string;
  readonly Item?: Item;
  readonly Key?: Item;
  readonly UpdateExpression?: string;
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>>;
  readonly ExpressionAttributeValues?: Item;
}

interface BatchWrite {
  readonly PutRequest?: { readonly Item: Item };
  readonly DeleteRequest?: { readonly Key: Item };
}

/**
 * What these calls cost: a write unit for each KB begun of each item (twice in a transaction, also for what is only
 * checked), those of the indexes, a read unit for each item of at most 4 KB (half of one where it need not be
 * consistent). Source: "DynamoDB read and write operations" and its page of prices.
 */
export function priceOf(calls: readonly Call[]): Price {
  const rows = new Map<string, Item>();
  let writeUnits = 0;
  let readUnits = 0;
  let bytes = 0;
  const write = (request: Write, times: number): void => {
    const keys = request.Key ?? { pk: request.Item!['pk']!, ...(request.Item!['sk'] && { sk: request.Item!['sk'] }) };
    const key = JSON.stringify([request.TableName, keys]);
    const before = rows.get(key) ?? {};
    const after = request.Item ?? { ...before, ...keys, ...setBy(request) };
    const size = Math.max(sizeOf(before), sizeOf(after));
    bytes += sizeOf(after);
    writeUnits += times * Math.max(1, Math.ceil(size / 1024)) + unitsOfIndexes(request.TableName, before, after);
    rows.set(key, after);
  };
  for (const { operation, input } of calls) {
    const request = input as Record<string, unknown>;
    if (operation === 'TransactWriteItems') {
      for (const item of request['TransactItems'] as Record<string, Write>[])
        for (const [kind, one] of Object.entries(item)) {
          if (kind === 'ConditionCheck') writeUnits += 2;
          else write(one, 2);
        }
    } else if (operation === 'BatchWriteItem') {
      for (const [TableName, list] of Object.entries(request['RequestItems'] as Record<string, BatchWrite[]>))
        for (const { PutRequest, DeleteRequest } of list) write({ TableName, ...(PutRequest ?? DeleteRequest) }, 1);
    } else if (operation === 'PutItem' || operation === 'UpdateItem') write(request as unknown as Write, 1);
    else if (operation === 'BatchGetItem') {
      for (const { Keys, ConsistentRead } of Object.values(request['RequestItems'] as object))
        readUnits += Keys.length * (ConsistentRead === true ? 1 : 0.5);
    } else if (READS.has(operation)) readUnits += request['ConsistentRead'] === true ? 1 : 0.5;
    else throw new Error(`No price is known of ${operation}`);
  }
  return { writeUnits, readUnits, bytes, dollars: writeUnits * WRITE_DOLLARS + readUnits * READ_DOLLARS };
}

/** Attributes that `SET name = :value` parts give. */
function setBy({ UpdateExpression = '', ExpressionAttributeNames = {}, ExpressionAttributeValues = {} }: Write): Item {
  const found = UpdateExpression.matchAll(/([#\w]+)\s*=\s*(:\w+)/g);
  return Object.fromEntries(
    [...found].flatMap(([, name, value]) => {
      const given = ExpressionAttributeValues[value!];
      return given === undefined ? [] : [[ExpressionAttributeNames[name!] ?? name!, given]];
    }),
  );
}

/** Units of the table's indexes: a row that is taken out, one that is put in, one that changes where it is. */
function unitsOfIndexes(table: string, before: Item, after: Item): number {
  const spec: TableSpec | undefined = Object.entries(TABLES).find(([name]) => tableFullName(name) === table)?.[1];
  let units = 0;
  for (const { pk, sk, projection } of Object.values(spec?.indexes ?? {})) {
    const place = (item: Item): string | undefined =>
      item[pk] === undefined || item[sk] === undefined ? undefined : JSON.stringify([item[pk], item[sk]]);
    const unitsOfRow = (item: Item): number => (projection === 'ALL' ? Math.ceil(sizeOf(item) / 1024) : 1);
    const [from, to] = [place(before), place(after)];
    if (from !== to)
      units += (from === undefined ? 0 : unitsOfRow(before)) + (to === undefined ? 0 : unitsOfRow(after));
    else if (to !== undefined && projection === 'ALL') units += unitsOfRow(after);
  }
  return units;
}

const sizeOf = (item: Item): number =>
  Object.entries(item).reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + sizeOfValue(value), 0);

/** Bytes as DynamoDB counts them: texts in UTF-8, numbers about a byte for two digits, 3 for a list or a map and 1 for each of its members. */
function sizeOfValue(value: Value): number {
  const [type, inner] = Object.entries(value)[0] as [string, unknown];
  if (type === 'S') return Buffer.byteLength(inner as string);
  if (type === 'N') return Math.ceil((inner as string).length / 2) + 1;
  if (type === 'B') return (inner as Uint8Array).length;
  if (type === 'L') return (inner as Value[]).reduce((sum, each) => sum + 1 + sizeOfValue(each), 3);
  if (type === 'M') return sizeOf(inner as Item) + 3 + Object.keys(inner as object).length;
  return 1;
}
