import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, request, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as dynamodb from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { stackClock } from '../../infra/cli/replay/held-clock.ts';
import { installRules } from '../../infra/cli/replay/install-rules.ts';
import { putInTimeOrder } from '../../infra/cli/replay/put-in-time-order.ts';
import { stackClient } from '../../infra/cli/stack-client.ts';
import { watchDatabaseFile } from '../../infra/local/dynamodb/file.ts';
import { startDatabase } from '../../infra/local/dynamodb/process.ts';
import { type OrderMessage, orderCollector } from '../../shared/events/adapters/online-retail.ts';
import ruleset from '../data/online-retail.tags.json' with { type: 'json' };
import { stackProcess } from '../support/stack-process.ts';
import type { BenchRow } from './row.ts';

/** A DynamoDB call as the stack made it. */
interface Call {
  readonly operation: string;
  readonly input: unknown;
}

const EVENTS = 1000;
const CREDENTIALS = { accessKeyId: 'bench', secretAccessKey: 'bench' };

/**
 * Events end to end (bus, queue, tagging, streams, journeys, messages, with the clock moving) against the floor: the
 * very DynamoDB calls that those events made, one after another, by the same SDK on a dynoxide of its own, with nothing
 * around them.
 */
export async function rows(): Promise<BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'pergola-bench-'));
  try {
    const messages = madeOrders(EVENTS);
    const calls = await record(folder, messages);
    const ours = await endToEnd(join(folder, 'plain'), messages);
    const floor = await bare(folder, calls);
    return [
      {
        what: 'replay: events end to end, one moment at a time',
        unit: 'events/s',
        ours: messages.length / ours,
        against: 'the bare DynamoDB calls of these events, same SDK, same dynoxide',
        theirs: messages.length / floor,
        note: `${(calls.length / messages.length).toFixed(1)} DynamoDB calls an event`,
      },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Orders of a made-up shop: 250 customers, an order every 50 minutes, so that many fall silent and come back. */
function madeOrders(count: number): readonly OrderMessage[] {
  const collector = orderCollector();
  for (let n = 0; n < count; n++) {
    collector.add({
      InvoiceNo: String(500_000 + n),
      StockCode: `A${n % 40}`,
      Quantity: String(1 + (n % 7)),
      InvoiceDate: new Date(Date.UTC(2011, 0, 3) + n * 50 * 60_000).toISOString(),
      UnitPrice: '12.5',
      CustomerID: String(10_000 + ((n * n * 7 + n) % 250)),
    });
  }
  return collector.finish().messages;
}

/** Seconds for all of them through a stack of its own, until everything has settled. */
async function endToEnd(data: string, messages: readonly OrderMessage[], environment = {}): Promise<number> {
  const stack = await stackProcess(data, environment);
  await stack.start();
  try {
    const client = stackClient(stack.consolePort);
    const clock = stackClock(client);
    await installRules(client, ruleset);
    const endpoint = `http://127.0.0.1:${stack.port}`;
    const bus = new EventBridgeClient({ endpoint, region: 'us-east-1', credentials: CREDENTIALS });
    await clock.moveTo(messages[0]!.timestamp);
    const began = performance.now();
    await putInTimeOrder(messages, 'bench', bus, clock, () => {});
    await clock.moveTo(messages.at(-1)!.timestamp);
    return (performance.now() - began) / 1000;
  } finally {
    await stack.stop();
  }
}

/** Runs the stack against a database behind a listener, and gives what it asked of it, from the tables' creation on. */
async function record(folder: string, messages: readonly OrderMessage[]): Promise<readonly Call[]> {
  const database = await startDatabase({
    file: join(folder, 'recorded.db'),
    pidFile: join(folder, 'recorded.pid'),
    warn: console.warn,
  });
  const calls: Call[] = [];
  const listener = await listen(database.url, calls);
  try {
    const { port } = listener.address() as { port: number };
    await endToEnd(join(folder, 'recorded'), messages, { DYNAMODB_ENDPOINT: `http://127.0.0.1:${port}` });
    return calls;
  } finally {
    listener.close();
    await database.stop();
  }
}

/** Binary attributes travel as base64; the SDK wants bytes. */
const bytes = (key: string, value: unknown): unknown =>
  key === 'B' && typeof value === 'string' ? Buffer.from(value, 'base64') : value;

function listen(to: string, calls: Call[]): Promise<Server> {
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const body = Buffer.concat(chunks);
      const [service, operation] = String(incoming.headers['x-amz-target']).split('.');
      if (service === 'DynamoDB_20120810')
        calls.push({ operation: operation!, input: JSON.parse(body.toString(), bytes) });
      const headers = { ...incoming.headers, host: new URL(to).host };
      const onward = request(to, { method: incoming.method ?? 'POST', path: incoming.url, headers }, (answer) => {
        outgoing.writeHead(answer.statusCode!, answer.headers);
        answer.pipe(outgoing);
      });
      onward.end(body);
    });
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

/** Seconds for the recorded calls (without making the tables), one after another. */
async function bare(folder: string, calls: readonly Call[]): Promise<number> {
  const database = await startDatabase({
    file: join(folder, 'bare.db'),
    pidFile: join(folder, 'bare.pid'),
    warn: console.warn,
  });
  const client = new dynamodb.DynamoDBClient({ endpoint: database.url, region: 'us-east-1', credentials: CREDENTIALS });
  const send = async ({ operation, input }: Call): Promise<void> => {
    // biome-ignore lint/performance/noDynamicNamespaceImportAccess: the operation's name is data here
    const Command = dynamodb[`${operation}Command` as 'GetItemCommand'];
    // A refused condition was refused in the recorded run too (a repetition, a journey already entered).
    await client.send(new Command(input as never)).catch((error: Error) => {
      if (!/Conditional|TransactionCanceled|ResourceInUse|ResourceNotFound/.test(error.name)) throw error;
    });
  };
  try {
    const isTable = ({ operation }: Call): boolean => /Table|TimeToLive|ContinuousBackups/.test(operation);
    for (const call of calls.filter(isTable)) await send(call);
    // The stack gives dynoxide's file an index that it badly needs; the floor is to have it too.
    watchDatabaseFile(join(folder, 'bare.db'), console.warn)?.close();
    const data = calls.filter((call) => !isTable(call));
    const began = performance.now();
    for (const call of data) await send(call);
    return (performance.now() - began) / 1000;
  } finally {
    client.destroy();
    await database.stop();
  }
}
