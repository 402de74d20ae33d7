import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { handler as ingest } from '../../../functions/events/ingest.ts';
import { hash32, shardOf, tables } from '../../../functions/ports/tables/index.ts';
import { startDatabase } from '../../../infra/local/dynamodb/process.ts';
import { tableFullName } from '../../../infra/local/names.ts';
import { TABLES } from '../../../infra/topology.ts';
import { busBatch, tracked } from '../../support/bus-batch.ts';
import { lambdaContext } from '../../support/local-tables.ts';

const DAY = 86_400_000;
/** So many customers are worked out one by one; the others have the rows of one of these under an id of their own. */
const DIFFERENT = 1000;
/** Inserts between two commits. */
const PER_COMMIT = 50_000;

type Attributes = Record<string, { S?: string; N?: string; L?: { S: string }[] }>;
interface Put {
  readonly table: string;
  readonly item: Attributes;
}

/**
 * Fills a folder that a stack has been started on (and stopped) with customers. `events/ingest` works out the rows of a
 * thousand different ones; all others get the same rows under their own id, in their own shards and places, written
 * straight into dynoxide's file: a hundred times faster than events are taken in, and without stream records.
 *
 * Each has a name, a city, and one order or two looks at a product, 16 to 60 days ago: all of them are dormant. The rows
 * of changes, of known orders and of tag members are left out unless `all`.
 */
export async function seed(data: string, count: number, all: boolean, say: (done: number) => void): Promise<void> {
  const file = join(data, 'dynamodb.db');
  const models = await modelCustomers(file, join(data, 'dynoxide.json'), Math.min(count, DIFFERENT), all);
  const db = new DatabaseSync(file);
  db.exec('PRAGMA synchronous = OFF');
  const write = writerOf(db);
  const sets = new Map<string, number>();
  db.exec('BEGIN');
  let rows = 0;
  for (let n = 0; n < count; n++) {
    const id = idOf(n);
    for (const put of models[n % models.length]!) {
      const { table, item } = under(put, idOf(n % models.length), id);
      write(table, item);
      const set = item['segments']?.L;
      if (set !== undefined) {
        const name = set.map(({ S }) => S).join(' ') || '-';
        sets.set(name, (sets.get(name) ?? 0) + 1);
      }
      if (++rows % PER_COMMIT === 0) db.exec('COMMIT; BEGIN');
    }
    if ((n + 1) % 50_000 === 0) say(n + 1);
  }
  for (const [sk, customers] of sets) {
    write(tableFullName('metrics'), { pk: { S: 'segments' }, sk: { S: sk }, customers: { N: String(customers) } });
  }
  db.exec('COMMIT');
  db.close();
}

const idOf = (n: number): string => `u${String(n).padStart(7, '0')}`;

/** The rows of each, as `events/ingest` would write them. */
async function modelCustomers(file: string, pidFile: string, count: number, all: boolean): Promise<Put[][]> {
  const database = await startDatabase({ file, pidFile });
  Object.assign(process.env, {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL_DYNAMODB: database.url,
    TENANT_ZONE: 'Asia/Shanghai',
    // As the local stack has it, so that nobody's moment lies elsewhere.
    DUE_SHARDS: '1',
    BUS_NAME: 'pergola',
    POWERTOOLS_LOG_LEVEL: 'SILENT',
    ...Object.fromEntries(Object.keys(TABLES).map((name) => [`TABLE_${name.toUpperCase()}`, tableFullName(name)])),
  });
  const collected = collectTransactions();
  const models: Put[][] = [];
  const left = (sk: string, pk: string) => !all && (/^[hg]#/.test(sk) || pk.startsWith('tag#'));
  for (let n = 0; n < count; n++) {
    collected.length = 0;
    await ingest(busBatch(eventsOf(n), new Date().toISOString()), lambdaContext);
    models.push(collected.filter(({ item }) => !left(item['sk']!.S!, item['pk']!.S!)));
  }
  await database.stop();
  return models;
}

function eventsOf(n: number): object[] {
  const id = idOf(n);
  const at = (days: number) => new Date(Date.now() - days * DAY - (n % 1440) * 60_000).toISOString();
  const days = 16 + (n % 45);
  const traits = { name: `客户${n}`, city: ['上海', '北京', '杭州', '成都'][n % 4], gender: n % 2 ? 'female' : 'male' };
  const identify = { type: 'identify', messageId: `${id}-i`, userId: id, timestamp: at(days + 1), traits };
  const product = { product_id: `sku-${n % 300}`, category: ['面霜', '精华', '防晒'][n % 3] };
  if (n % 2 === 0) {
    const properties = { order_id: `o-${n}`, total: 20 + (n % 500), products: [product] };
    return [identify, tracked(id, 'Order Completed', at(days), { properties })];
  }
  return [
    identify,
    ...[days, days - 0.1].map((day) => tracked(id, 'Product Viewed', at(day), { properties: product })),
  ];
}

/** What would be written is collected and does not reach the database, where nobody is known. */
function collectTransactions(): Put[] {
  const puts: Put[] = [];
  const nothing = (output: object) => ({ output: { $metadata: {}, ...output }, response: {} });
  (tables() as unknown as { middlewareStack: { add(middleware: unknown, how: object): void } }).middlewareStack.add(
    (next: (args: unknown) => unknown, context: { commandName?: string }) =>
      async (args: { input: { TransactItems?: { Put?: { TableName: string; Item: unknown } }[] } }) => {
        if (context.commandName === 'BatchGetItemCommand') return nothing({ Responses: {} });
        if (context.commandName !== 'TransactWriteItemsCommand') return next(args);
        for (const { Put } of args.input.TransactItems ?? []) {
          if (Put !== undefined) puts.push({ table: Put.TableName, item: asJson(Put.Item) as Attributes });
        }
        return nothing({});
      },
    { step: 'initialize', name: 'collectTransactions' },
  );
  return puts;
}

/** Attributes as DynamoDB's JSON has them: bytes in base64. */
const asJson = (value: unknown): unknown =>
  value instanceof Uint8Array
    ? Buffer.from(value).toString('base64')
    : Array.isArray(value)
      ? value.map(asJson)
      : typeof value === 'object' && value !== null
        ? Object.fromEntries(Object.entries(value).map(([name, part]) => [name, asJson(part)]))
        : value;

/** The same row of another customer: her id for the other's, and where it lies by her id, there. */
function under({ table, item }: Put, from: string, to: string): Put {
  if (from === to) return { table, item };
  const text = (value: string | undefined) => value?.replaceAll(from, to) ?? '';
  const pk = text(item['pk']?.S).replace(/^(customers|in#.*|census)#\d$/, `$1#${shardOf(to)}`);
  const sk = pk.startsWith('census#') ? `${hash32(to).toString(16).padStart(8, '0')}#${to}` : text(item['sk']?.S);
  const next: Attributes = { ...item, pk: { S: pk }, sk: { S: sk } };
  if (item['customer'] !== undefined) next['customer'] = { S: to };
  return { table, item: next };
}

/** Dynoxide 1.2.1's own shape of a row, and of the index of due moments. */
function writerOf(db: DatabaseSync) {
  const inserts = new Map<string, ReturnType<DatabaseSync['prepare']>>();
  const insertInto = (table: string) => {
    const known = inserts.get(table);
    if (known !== undefined) return known;
    const made = db.prepare(`INSERT OR REPLACE INTO "${table}" (pk, sk, item_json, item_size) VALUES (?, ?, ?, ?)`);
    inserts.set(table, made);
    return made;
  };
  const index = db.prepare(
    `INSERT OR REPLACE INTO "${tableFullName('profiles')}::gsi::due" (gsi_pk, gsi_sk, table_pk, table_sk, item_json) VALUES (?, ?, ?, ?, ?)`,
  );
  return (table: string, item: Attributes): void => {
    const json = JSON.stringify(item);
    const [pk, sk] = [`S:${item['pk']!.S}`, `S:${item['sk']!.S}`];
    insertInto(table).run(pk, sk, json, json.length);
    const { duePk, dueAt } = item;
    if (duePk === undefined || dueAt === undefined) return;
    const keys = JSON.stringify({ dueAt, duePk, pk: item['pk'], sk: item['sk'] });
    index.run(`S:${duePk.S}`, `S:${dueAt.S}`, pk, sk, keys);
  };
}
