import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { withBytes } from './with-bytes.ts';

/** Input and output of DynamoDB's operations in AWS's JSON, as far as they matter here. */
type Item = Record<string, unknown>;
type Text = { readonly S?: string };
interface BatchGetInput {
  readonly RequestItems?: Record<string, { Keys?: Record<string, Text>[] } & Record<string, unknown>>;
}
interface QueryInput {
  readonly TableName?: string;
  readonly IndexName?: string | undefined;
  readonly KeyConditionExpression?: string;
  readonly ExpressionAttributeNames?: Record<string, string>;
  readonly ExpressionAttributeValues?: Record<string, Text>;
  readonly ScanIndexForward?: boolean;
  readonly Limit?: number | undefined;
}

/**
 * Small reads of rows, straight from dynoxide's file: what has been committed when the call is made, as a consistent read
 * gives it. Each answer is undefined where dynoxide is to be asked: other members or conditions than the functions use
 * all day, more rows than a page of MOST, a table that is not there.
 */
export interface FileReads {
  batchGet(input: BatchGetInput): { Responses: Record<string, Item[]>; UnprocessedKeys: object } | undefined;
  query(input: QueryInput): { Items: Item[]; Count: number; ScannedCount: number } | undefined;
  close(): void;
}

/** What the file does not have, dynoxide refuses in its own words; what it cannot give just now, dynoxide waits for. */
const known =
  <I, O>(read: (input: I) => O | undefined) =>
  (input: I): O | undefined => {
    try {
      return read(input);
    } catch (error) {
      if ((error as { code?: unknown }).code === 'ERR_SQLITE_ERROR') return undefined;
      throw error;
    }
  };

/** Rows that one call reads at most: it holds the thread for a millisecond then. */
const MOST = 100;

/** @param tables that are there. Throws where the file is not as dynoxide 1.2 makes it. */
export function openFileReads(file: string, tables: readonly string[]): FileReads {
  const database = new DatabaseSync(file, { readOnly: true });
  const statements = new Map<string, StatementSync>();
  const prepared = (sql: string) => {
    let statement = statements.get(sql);
    if (statement === undefined) {
      statement = database.prepare(sql);
      statements.set(sql, statement);
    }
    return statement;
  };
  const items = (sql: string, ...values: (string | number)[]): Item[] =>
    prepared(sql)
      .all(...values)
      .map((row) => withBytes(row['item'] as string) as Item);

  for (const table of tables) items(`${BY_KEY(table)} LIMIT 0`, '', '');
  return {
    batchGet: known(({ RequestItems = {} }: BatchGetInput) => {
      const wanted = Object.entries(RequestItems);
      let left = MOST;
      const Responses: Record<string, Item[]> = {};
      for (const [table, { Keys = [], ConsistentRead, ...more }] of wanted) {
        left -= Keys.length;
        if (left < 0 || Object.keys(more).length > 0) return undefined;
        const found: Item[] = [];
        for (const { pk, sk, ...others } of Keys) {
          if (pk?.S === undefined || sk?.S === undefined || Object.keys(others).length > 0) return undefined;
          found.push(...items(BY_KEY(table), stored(pk.S), stored(sk.S)));
        }
        Responses[table] = found;
      }
      return { Responses, UnprocessedKeys: {} };
    }),

    query: known((input: QueryInput) => {
      const { TableName, IndexName, Limit, ScanIndexForward = true } = input;
      const asked = conditionOf(input);
      if (TableName === undefined || asked === undefined || hasOthers(input)) return undefined;
      const most = Math.min(Limit ?? MOST, MOST);
      const index = IndexName === undefined ? '' : `::gsi::${IndexName}`;
      const [pk, sk] = IndexName === undefined ? ['pk', 'sk'] : ['gsi_pk', 'gsi_sk'];
      const range = asked.to === undefined ? '' : `AND ${sk} <= ?`;
      const bounds = asked.to === undefined ? [] : [stored(asked.to)];
      const found = items(
        `SELECT item_json AS item FROM ${name(TableName + index)} WHERE ${pk} = ? AND ${sk} >= ? ${range}
         ORDER BY ${sk} ${ScanIndexForward ? 'ASC' : 'DESC'} LIMIT ?`,
        stored(asked.pk),
        stored(asked.from),
        ...bounds,
        most,
      );
      // Of a full page only dynoxide knows how to go on.
      if (found.length >= most) return undefined;
      return { Items: found, Count: found.length, ScannedCount: found.length };
    }),

    close: () => database.close(),
  };
}

const BY_KEY = (table: string) => `SELECT item_json AS item FROM ${name(table)} WHERE pk = ? AND sk = ?`;
/** A key as the file has it: all keys of the topology are strings. */
const stored = (key: string) => `S:${key}`;
/** Tables are those of the topology; a name with a quote in it is none. */
const name = (table: string) => `"${table.replaceAll('"', '')}"`;

const KNOWN = new Set([
  'TableName',
  'IndexName',
  'KeyConditionExpression',
  'ExpressionAttributeNames',
  'ExpressionAttributeValues',
  'ScanIndexForward',
  'ConsistentRead',
  'Limit',
]);
const hasOthers = (input: QueryInput) =>
  Object.entries(input as Record<string, unknown>).some(([member, value]) => value !== undefined && !KNOWN.has(member));

/** `#pk = :pk`, alone or with one condition on the other key. */
const CONDITION =
  /^(#\w+) = (:\w+)(?: AND (?:begins_with\((#\w+), (:\w+)\)|(#\w+) BETWEEN (:\w+) AND (:\w+)|(#\w+) (>=|<=) (:\w+)))?$/;

/** Partition and bounds (inclusive) that a key condition asks for; undefined for one of another form. */
function conditionOf({
  KeyConditionExpression = '',
  ExpressionAttributeValues = {},
}: QueryInput): { pk: string; from: string; to: string | undefined } | undefined {
  const found = CONDITION.exec(KeyConditionExpression);
  if (found === null) return undefined;
  const text = (value: string | undefined) => (value === undefined ? undefined : ExpressionAttributeValues[value]?.S);
  const pk = text(found[2]);
  if (pk === undefined) return undefined;
  const [prefix, from, to, one] = [text(found[4]), text(found[6]), text(found[7]), text(found[10])];
  if (found[3] !== undefined) return prefix === undefined ? undefined : { pk, from: prefix, to: `${prefix}\u{10FFFF}` };
  if (found[5] !== undefined) return from === undefined || to === undefined ? undefined : { pk, from, to };
  if (found[8] !== undefined) {
    if (one === undefined) return undefined;
    return found[9] === '>=' ? { pk, from: one, to: undefined } : { pk, from: '', to: one };
  }
  return { pk, from: '', to: undefined };
}
