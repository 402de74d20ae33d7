import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import * as dynamodb from '@aws-sdk/client-dynamodb';
import { createDynamoClient, DynamoError } from '../../infra/local/dynamodb/client.ts';
import { watchDatabaseFile } from '../../infra/local/dynamodb/file.ts';
import { startDatabase } from '../../infra/local/dynamodb/process.ts';

/** A DynamoDB call as the stack made it. */
export interface Call {
  readonly operation: string;
  readonly input: unknown;
  /** As it went over the wire. */
  readonly json: string;
}

export const CREDENTIALS = { accessKeyId: 'bench', secretAccessKey: 'bench' };

/**
 * What is asked of DynamoDB while `work` runs against a database behind a listener, from the tables' creation on. `work`
 * is given the environment that makes a stack use it.
 */
export async function recordCalls(
  folder: string,
  work: (environment: Record<string, string>) => Promise<unknown>,
): Promise<readonly Call[]> {
  const database = await startDatabase({
    file: join(folder, 'recorded.db'),
    pidFile: join(folder, 'recorded.pid'),
    warn: console.warn,
  });
  const calls: Call[] = [];
  const listener = await listen(database.url, calls);
  try {
    const { port } = listener.address() as AddressInfo;
    await work({ DYNAMODB_ENDPOINT: `http://127.0.0.1:${port}` });
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
      const json = body.toString();
      if (service === 'DynamoDB_20120810') calls.push({ operation: operation!, input: JSON.parse(json, bytes), json });
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

export interface Bare {
  /** For all of the calls. */
  readonly seconds: number;
  /** Of each call, in ms. */
  readonly latencies: readonly number[];
}

/** How a call is made; `end` frees what was opened for it. */
interface Caller {
  readonly call: (call: Call) => Promise<unknown>;
  readonly end: () => void;
}

/** The ways in which the bare calls are made. */
const CALLERS = {
  'the SDK': (url: string): Caller => {
    const client = new dynamodb.DynamoDBClient({ endpoint: url, region: 'us-east-1', credentials: CREDENTIALS });
    return {
      call: ({ operation, input }) => {
        // biome-ignore lint/performance/noDynamicNamespaceImportAccess: the operation's name is data here
        const Command = dynamodb[`${operation}Command` as 'GetItemCommand'];
        return client.send(new Command(input as never));
      },
      end: () => client.destroy(),
    };
  },
  'HTTP alone': (url: string): Caller => {
    const client = createDynamoClient(url, 'us-east-1');
    return { call: ({ operation, json }) => client.callText(operation, json), end: client.close };
  },
} as const;

/**
 * The recorded calls alone (without making the tables) on a dynoxide of its own. With `atOnce` above one so many are under
 * way, those about the same customer one after another.
 */
export async function bareCalls(
  folder: string,
  calls: readonly Call[],
  by: keyof typeof CALLERS,
  atOnce = 1,
): Promise<Bare> {
  const file = join(folder, `bare-${by.replaceAll(' ', '-')}-${atOnce}.db`);
  const database = await startDatabase({ file, pidFile: `${file}.pid`, warn: console.warn });
  const caller = CALLERS[by](database.url);
  const latencies: number[] = [];
  const send = async (call: Call): Promise<void> => {
    const began = performance.now();
    // A refused condition was refused in the recorded run too (a repetition, a journey already entered).
    await caller.call(call).catch((error: Error) => {
      const name = error instanceof DynamoError ? error.code : error.name;
      if (!/Conditional|TransactionCanceled|ResourceInUse|ResourceNotFound/.test(name)) throw error;
    });
    latencies.push(performance.now() - began);
  };
  try {
    for (const call of calls.filter(isTable)) await send(call);
    // The stack gives dynoxide's file an index that it badly needs; the floor is to have it too.
    watchDatabaseFile(file, console.warn)?.close();
    latencies.length = 0;
    const chains = chainsOf(calls.filter((call) => !isTable(call)));
    const began = performance.now();
    const workers = Array.from({ length: atOnce }, async () => {
      for (let chain = chains.shift(); chain !== undefined; chain = chains.shift()) {
        for (const call of chain) await send(call);
      }
    });
    await Promise.all(workers);
    return { seconds: (performance.now() - began) / 1000, latencies };
  } finally {
    caller.end();
    await database.stop();
  }
}

/** It is about tables, not about what is in them. */
export const isTable = ({ operation }: Call): boolean => /Table|TimeToLive|ContinuousBackups/.test(operation);

/** Calls about the same thing, in their order: by the key of the first row that they write or read. */
function chainsOf(calls: readonly Call[]): Call[][] {
  const first = /"pk":\{"S":"([^"]+)"/;
  return [...Map.groupBy(calls, ({ input }) => first.exec(JSON.stringify(input))?.[1] ?? '').values()];
}
