import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { stackClock } from '../../infra/cli/replay/held-clock.ts';
import { installRules } from '../../infra/cli/replay/install-rules.ts';
import { putInTimeOrder } from '../../infra/cli/replay/put-in-time-order.ts';
import { stackClient } from '../../infra/cli/stack-client.ts';
import { type OrderMessage, orderCollector } from '../../shared/events/adapters/online-retail.ts';
import ruleset from '../data/online-retail.tags.json' with { type: 'json' };
import { stackProcess } from '../support/stack-process.ts';
import { bareCalls, CREDENTIALS, recordCalls } from './dynamodb-calls.ts';
import type { BenchRow } from './row.ts';

const EVENTS = 1000;

/**
 * Events end to end (bus, queue, tagging, streams, journeys, messages, with the clock moving) against the floor: the
 * very DynamoDB calls that those events made, one after another, by the same SDK on a dynoxide of its own, with nothing
 * around them.
 */
export async function rows(): Promise<BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'pergola-bench-'));
  try {
    const messages = madeOrders(EVENTS);
    const calls = await recordCalls(folder, (environment) => endToEnd(join(folder, 'recorded'), messages, environment));
    const ours = await endToEnd(join(folder, 'plain'), messages);
    const { seconds: floor } = await bareCalls(folder, calls, 'the SDK');
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
    await putInTimeOrder(messages, 'bench', bus, await clock.now(), () => {});
    await clock.moveTo(messages.at(-1)!.timestamp);
    return (performance.now() - began) / 1000;
  } finally {
    await stack.stop();
  }
}
