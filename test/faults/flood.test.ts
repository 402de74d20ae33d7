import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startStack } from '../../infra/local/stack.ts';
import { FUNCTIONS } from '../../infra/topology.ts';

const CUSTOMERS = 40;
const EACH = 30;
/** A tenth of what ingest has: a tenth of the crowd is then enough to show it. */
const INGEST_SECONDS = 4;

const data = mkdtempSync(join(tmpdir(), 'pergola-flood-'));
const said: string[] = [];
let stack: Awaited<ReturnType<typeof startStack>>;
beforeAll(async () => {
  const ingest = { ...FUNCTIONS['events-ingest'], timeoutSeconds: INGEST_SECONDS };
  stack = await startStack({
    data,
    port: 0,
    consolePort: 0,
    quiet: true,
    console: false,
    pack: false,
    log: (line) => said.push(line),
    functions: { ...FUNCTIONS, 'events-ingest': ingest },
  });
});
afterAll(async () => {
  await stack.close();
  rmSync(data, { recursive: true, force: true });
});

const agent = new Agent({ keepAlive: true });

function post(path: string, body: unknown): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const headers = { 'content-type': 'application/json', authorization: `Basic ${btoa('local:')}` };
  const sent = request(new URL(path, stack.urls.console), { agent, method: 'POST', headers }, (answer) => {
    answer.resume().once('end', () => resolve(answer.statusCode!));
  });
  sent.once('error', reject).end(JSON.stringify(body));
  return promise;
}

const health = async () => {
  const answer = await fetch(new URL('/_local/health', stack.urls.console));
  return (await answer.json()) as {
    queues: Record<string, { waiting: number; inFlight: number; deadLetters: number }>;
  };
};

it('forty customers who send all their events at the same moment are all taken in, and ingest is never out of time', async () => {
  const now = Date.now();
  const messages = Array.from({ length: CUSTOMERS * EACH }, (_, n) => ({
    userId: `crowd-${n % CUSTOMERS}`,
    messageId: `crowd-${n}`,
    event: 'Product Viewed',
    timestamp: new Date(now - (CUSTOMERS * EACH - n) * 1000).toISOString(),
  }));
  const codes = await Promise.all(messages.map((message) => post('/v1/track', message)));
  expect(new Set(codes)).toEqual(new Set([200]));
  let waiting: { waiting: number; inFlight: number; deadLetters: number }[];
  do {
    await pause(50);
    waiting = Object.values((await health()).queues);
  } while (waiting.some((queue) => queue.waiting + queue.inFlight > 0));
  expect(waiting.every(({ deadLetters }) => deadLetters === 0)).toBe(true);
  expect(said.filter((line) => line.includes('timed out'))).toEqual([]);
  const kept = await Promise.all(
    Array.from({ length: CUSTOMERS }, async (_, n) => {
      const events = new Set<string>();
      let cursor: string | undefined;
      do {
        const query = cursor === undefined ? '' : `?cursor=${encodeURIComponent(cursor)}`;
        const page = await fetch(new URL(`/api/customers/crowd-${n}/timeline${query}`, stack.urls.console));
        const { items, cursor: next } = (await page.json()) as { items: Item[]; cursor?: string };
        for (const item of items) if (item.type === 'event') events.add(JSON.stringify(item));
        cursor = next;
      } while (cursor !== undefined);
      return events.size;
    }),
  );
  expect(kept).toEqual(Array.from({ length: CUSTOMERS }, () => EACH));
}, 240_000);

interface Item {
  readonly type: string;
}
