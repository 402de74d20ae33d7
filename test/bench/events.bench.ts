/**
 * Events end to end on the whole local stack (bus, queue, tagging with the private-domain pack, streams, announcing): how
 * many a second when many come at once, and how long one takes from PutEvents until its tag can be read and until the bus
 * tells of it, when they come one at a time.
 *
 * The floor is the very DynamoDB calls that those events made, on a dynoxide of its own, with nothing around them: one after
 * another and ten at once (each customer's in order), whichever is faster. Once by the SDK, as any program makes them, and
 * once by HTTP alone, which is nearly what the local stack does itself.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { EventBridgeClient, PutEventsCommand, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { type StackClient, stackClient } from '../../infra/cli/stack-client.ts';
import { BUS_NAME } from '../../infra/topology.ts';
import { type StackProcess, stackProcess } from '../support/stack-process.ts';
import { bareCalls, CREDENTIALS, isTable, recordCalls } from './dynamodb-calls.ts';
import { priceOf } from './dynamodb-price.ts';
import type { BenchRow } from './row.ts';

const CUSTOMERS = 200;
const EVENTS = 3000;
/** Customers whose one event is timed. */
const TIMED = 200;
const NAMES = [
  'Product Viewed',
  'Order Completed',
  'Content Liked',
  'Checkout Started',
  'Product Added',
  'Link Clicked',
];

interface Running {
  readonly stack: StackProcess;
  readonly client: StackClient;
  readonly bus: EventBridgeClient;
}

async function withStack<T>(data: string, environment: Record<string, string>, work: (running: Running) => Promise<T>) {
  const stack = await stackProcess(data, environment);
  await stack.start();
  const bus = new EventBridgeClient(sdk(stack));
  try {
    return await work({ stack, client: stackClient(stack.consolePort), bus });
  } finally {
    bus.destroy();
    await stack.stop();
  }
}

const sdk = ({ port }: StackProcess) => ({
  endpoint: `http://127.0.0.1:${port}`,
  region: 'us-east-1',
  credentials: CREDENTIALS,
});

const track = (userId: string, n: number, event: string, timestamp: number) => ({
  EventBusName: BUS_NAME,
  Source: 'shop',
  DetailType: 'track',
  Detail: JSON.stringify({
    type: 'track',
    messageId: `${userId}-${n}`,
    userId,
    event,
    timestamp: new Date(timestamp).toISOString(),
    properties: { product_id: `sku-${n % 60}`, category: '面霜', total: 12.5 + (n % 9), dwell_s: n % 90 },
    context: { channel: 'mini_program', timezone: 'Asia/Shanghai' },
  }),
});

/** Seconds from the first PutEvents until every event is in its customer's state and nothing waits any more. */
async function flood({ client, bus }: Running): Promise<number> {
  const now = Date.now();
  const entries = Array.from({ length: EVENTS }, (_, n) =>
    track(
      `flood-${n % CUSTOMERS}`,
      n,
      NAMES[(n * 7 + Math.floor(n / CUSTOMERS)) % NAMES.length]!,
      now - (EVENTS - n) * 60_000,
    ),
  );
  const began = performance.now();
  const putters = Array.from({ length: 4 }, async () => {
    while (entries.length > 0) await bus.send(new PutEventsCommand({ Entries: entries.splice(0, 10) }));
  });
  await Promise.all(putters);
  for (;;) {
    const { queues } = await client.get<{ queues: Record<string, { waiting: number; inFlight: number }> }>(
      '/_local/health',
    );
    if (Object.values(queues).every(({ waiting, inFlight }) => waiting + inFlight === 0)) break;
    await pause(20);
  }
  return (performance.now() - began) / 1000;
}

/** Resolves when what the streams carry is done, too: lists, history, counters. */
const settled = ({ client }: Running): Promise<unknown> => client.post('/_local/clock', { freeze: false });

/** Of each timed event, ms until the tag can be read and until the bus told of it. */
async function latencies({ stack, client, bus }: Running): Promise<{ read: number[]; told: number[] }> {
  const queues = new SQSClient(sdk(stack));
  const { QueueUrl } = await queues.send(new CreateQueueCommand({ QueueName: 'bench-told' }));
  const Arn = 'arn:aws:sqs:us-east-1:000000000000:bench-told';
  const rule = { Name: 'bench-told', EventBusName: BUS_NAME };
  await bus.send(new PutRuleCommand({ ...rule, EventPattern: '{"source":["pergola"],"detail-type":["tag.added"]}' }));
  await bus.send(new PutTargetsCommand({ Rule: rule.Name, EventBusName: BUS_NAME, Targets: [{ Id: 'told', Arn }] }));
  const read: number[] = [];
  const told: number[] = [];
  for (let n = 0; n < TIMED; n++) {
    const userId = `timed-${n}`;
    const began = performance.now();
    await bus.send(new PutEventsCommand({ Entries: [track(userId, n, 'Order Completed', Date.now())] }));
    const heard = hear(queues, QueueUrl!, userId).then(() => told.push(performance.now() - began));
    for (;;) {
      const found = await client.get<{ tags: unknown[] }>(`/api/customers/${userId}`).catch(() => undefined);
      if (found !== undefined && found.tags.length > 0) break;
    }
    read.push(performance.now() - began);
    await heard;
  }
  queues.destroy();
  return { read, told };
}

/** Resolves when the bus has told of a tag of this customer. */
async function hear(queues: SQSClient, QueueUrl: string, customer: string): Promise<void> {
  for (;;) {
    const { Messages = [] } = await queues.send(
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 5 }),
    );
    if (Messages.some(({ Body }) => Body!.includes(`"${customer}"`))) return;
  }
}

const percentile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))]!;

/** The rows for `npm run bench`. */
export async function rows(): Promise<BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'pergola-bench-'));
  try {
    const calls = await recordCalls(folder, (environment) =>
      withStack(join(folder, 'recorded'), environment, (running) => flood(running).then(() => settled(running))),
    );
    const ours = await withStack(join(folder, 'plain'), {}, flood);
    const one = await bareCalls(folder, calls, 'the SDK');
    const ten = await bareCalls(folder, calls, 'the SDK', 10);
    const floor = Math.min(one.seconds, ten.seconds);
    const barest = await bareCalls(folder, calls, 'HTTP alone', 10);
    const price = priceOf(calls.filter((call) => !isTable(call)));
    const { read, told } = await withStack(join(folder, 'timed'), {}, latencies);
    const late = (what: string, values: readonly number[], share: number): BenchRow => ({
      what: `one event at a time: ${what}, p${share * 100}`,
      unit: 'ms',
      ours: percentile(values, share),
      against: 'one of the bare DynamoDB calls',
      theirs: percentile(one.latencies, share),
      lowerIsBetter: true,
      note: `${values.length} events`,
    });
    return [
      {
        what: 'events end to end, many at once',
        unit: 'events/s',
        ours: EVENTS / ours,
        against: 'the bare DynamoDB calls of these events, same SDK, same dynoxide',
        theirs: EVENTS / floor,
        note: `${(calls.length / EVENTS).toFixed(2)} DynamoDB calls an event; goal: 0.6`,
      },
      {
        what: 'events end to end, many at once',
        unit: 'events/s',
        ours: EVENTS / ours,
        against: 'the same calls by HTTP alone, ten at once',
        theirs: EVENTS / barest.seconds,
      },
      {
        what: 'DynamoDB on demand, a million such events',
        unit: '$',
        ours: (price.dollars / EVENTS) * 1e6,
        against: 'the goal',
        theirs: 4,
        lowerIsBetter: true,
        note: `${(price.writeUnits / EVENTS).toFixed(2)} write units, ${(price.readUnits / EVENTS).toFixed(2)} read units, ${Math.round(price.bytes / EVENTS)} bytes written an event`,
      },
      late('until its tag can be read', read, 0.5),
      late('until its tag can be read', read, 0.99),
      late('until the bus tells of its tag', told, 0.5),
      late('until the bus tells of its tag', told, 0.99),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
