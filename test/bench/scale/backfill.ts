import { setTimeout as pause } from 'node:timers/promises';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { stackClient } from '../../../infra/cli/stack-client.ts';
import { BUS_NAME } from '../../../infra/topology.ts';
import type { BackfillShown } from '../../../shared/tags/index.ts';
import { CREDENTIALS } from '../dynamodb-calls.ts';
import type { Figure } from './figure.ts';
import { seededStack } from './seeded-stack.ts';

const words = (text: string) => ({ zh: text, en: text });

/**
 * A tag that is new, given to everybody who had earned it: tried, given while events of a hundred customers go on coming,
 * paused and gone on with on the way, and taken back.
 */
export async function backfill(folder: string, customers: number): Promise<readonly Figure[]> {
  const stack = await seededStack(folder, customers, true);
  await stack.start();
  const client = stackClient(stack.consolePort);
  const bus = new EventBridgeClient({
    endpoint: `http://127.0.0.1:${stack.port}`,
    region: 'us-east-1',
    credentials: CREDENTIALS,
  });
  const figures: Figure[] = [];
  const until = async (id: string, ...status: string[]): Promise<BackfillShown> => {
    for (;;) {
      const job = await client.get<BackfillShown>(`/api/backfills/${id}`);
      if (status.includes(job.status)) return job;
      if (job.status === 'failed') throw new Error(JSON.stringify(job));
      await pause(500);
    }
  };
  const worked = async (what: string, begin: () => Promise<string>, ...status: string[]) => {
    const began = performance.now();
    const job = await until(await begin(), ...status);
    const seconds = (performance.now() - began) / 1000;
    const { tally } = job;
    const note = `${tally.worked} worked, ${tally.changed} changed, ${tally.failed} failed, ${Math.round(tally.worked / seconds)} a second`;
    figures.push({ what, seconds, note });
    console.error(figures.at(-1));
    return job;
  };
  try {
    const when = { did: { event: 'Order Completed', where: [{ path: 'properties.total', op: 'gte', value: 300 }] } };
    await client.put('/api/tags/大单', { name: words('大单'), category: 'value', purpose: words('回访'), when });
    await worked(
      'dry run',
      async () => (await client.post<{ id: string }>('/api/backfills/dry-run', { of: 'current', rate: 1000 })).id,
      'done',
    );
    let sent = 0;
    let live = true;
    const events = (async () => {
      while (live) {
        const Entries = Array.from({ length: 5 }, () => order(`u${String(sent++ % 100).padStart(7, '0')}`, sent));
        await bus.send(new PutEventsCommand({ Entries }));
        await pause(1000);
      }
    })();
    const job = await worked(
      'backfill, with five events a second besides, paused half-way',
      async () => {
        const { id } = await client.post<{ id: string }>('/api/backfills', { rate: 1000 });
        while ((await client.get<BackfillShown>(`/api/backfills/${id}`)).tally.seen < customers / 2) await pause(500);
        await client.post(`/api/backfills/${id}/pause`, {});
        await client.post(`/api/backfills/${id}/resume`, {});
        return id;
      },
      'done',
    );
    live = false;
    await events;
    await worked(
      'the same again, which finds nothing to do',
      async () => (await client.post<{ id: string }>('/api/backfills', { rate: 1000 })).id,
      'done',
    );
    await worked(
      'undoing it',
      async () => {
        await client.post(`/api/backfills/${job.id}/undo`, {});
        return job.id;
      },
      'undone',
    );
    return figures;
  } finally {
    bus.destroy();
    await stack.stop();
  }
}

const order = (userId: string, n: number) => ({
  EventBusName: BUS_NAME,
  Source: 'shop',
  DetailType: 'track',
  Detail: JSON.stringify({
    type: 'track',
    messageId: `live-${n}`,
    userId,
    event: 'Order Completed',
    timestamp: new Date().toISOString(),
    properties: { order_id: `live-${n}`, total: 400 },
  }),
});
