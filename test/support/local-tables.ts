import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { textInImage } from '../../functions/ports/profiles/index.ts';
import { createDynamoClient, type DynamoClient } from '../../infra/local/dynamodb/client.ts';
import { watchDatabaseFile } from '../../infra/local/dynamodb/file.ts';
import { startDatabase } from '../../infra/local/dynamodb/process.ts';
import { ensureTable } from '../../infra/local/dynamodb/tables.ts';
import { TABLES } from '../../infra/topology.ts';

const CLOCK = Symbol.for('pergola.clock');

export interface LocalTables {
  readonly client: DynamoClient;
  /** All rows of a table, in no order. */
  readonly rows: (table: keyof typeof TABLES) => Promise<Record<string, Record<string, unknown>>[]>;
  /** Fresh, empty tables for the next story, in the same database. */
  readonly empty: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** A real database with all tables of the topology, for handlers run in this process. Ends with stop(). */
export async function startTables(): Promise<LocalTables> {
  const folder = mkdtempSync(join(tmpdir(), 'pergola-tables-'));
  const database = await startDatabase({ file: join(folder, 'dynamodb.db'), pidFile: join(folder, 'pid') });
  const client = createDynamoClient(database.url, 'us-east-1');
  let generation = 0;
  Object.assign(process.env, {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL_DYNAMODB: database.url,
    TENANT_ZONE: 'Asia/Shanghai',
    DUE_SHARDS: '2',
    BUS_NAME: 'pergola',
    WRITE_KEYS: 'local',
    POWERTOOLS_LOG_LEVEL: process.env['POWERTOOLS_LOG_LEVEL'] ?? 'SILENT',
  });
  const name = (table: string) => `g${generation}-${table}`;
  const empty = async () => {
    generation++;
    for (const [table, spec] of Object.entries(TABLES)) {
      process.env[`TABLE_${table.toUpperCase()}`] = name(table);
      await ensureTable(client, name(table), spec);
    }
  };
  await empty();
  watchDatabaseFile(join(folder, 'dynamodb.db'), () => {})?.close();
  return {
    client,
    empty,
    rows: async (table) => {
      const { Items } = await client.call<{ Items: Record<string, Record<string, unknown>>[] }>('Scan', {
        TableName: name(table),
        ConsistentRead: true,
      });
      return Items;
    },
    stop: async () => {
      setClock(undefined);
      client.close();
      await database.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Stops the handlers' clock at an instant; undefined gives it back to the machine. */
export function setClock(instant: string | undefined): void {
  const host = globalThis as { [CLOCK]?: (() => number) | undefined };
  if (instant === undefined) delete host[CLOCK];
  else host[CLOCK] = () => Date.parse(instant);
}

/** A Lambda context for handlers called directly. */
export const lambdaContext = {
  functionName: 'test',
  awsRequestId: 'request-1',
  memoryLimitInMB: '512',
  functionVersion: '$LATEST',
  invokedFunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:test',
  getRemainingTimeInMillis: () => 30_000,
} as never;

/** What a row of `profiles` says in its body, packed or not. */
export const bodyIn = (row: Record<string, Record<string, unknown>>) => JSON.parse(textInImage(row['body']) ?? 'null');
