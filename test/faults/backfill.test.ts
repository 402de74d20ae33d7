import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { afterAll, describe, expect, it } from 'vitest';
import { type StackClient, stackClient } from '../../infra/cli/stack-client.ts';
import type { Ruleset } from '../../shared/tags/index.ts';
import { type StackProcess, stackProcess } from '../support/stack-process.ts';

const CUSTOMERS = 150;
const KILLS = 10;
const NOON = '2026-03-01T12:00:00.000Z';

/** Days before noon, so that no threshold of the tags below is near. */
const daysAgo = (days: number) => new Date(Date.parse(NOON) - days * 86_400_000 - 3_600_000).toISOString();
const track = (id: object, n: number, event: string, days: number) => ({
  type: 'track',
  messageId: `m-${n}-${event}-${days}`,
  event,
  timestamp: daysAgo(days),
  properties: { total: 100 + (n % 7) },
  ...id,
});

/** Everybody ordered once or twice; every third looked around under another id first. */
const past = Array.from({ length: CUSTOMERS }, (_, n) => [
  track({ userId: `u-${n}` }, n, 'Order', 20 - (n % 5)),
  ...(n % 2 === 0 ? [track({ userId: `u-${n}` }, n, 'Order', 4)] : []),
  ...(n % 3 === 0
    ? [track({ anonymousId: `a-${n}` }, n, 'Look', 9), track({ anonymousId: `a-${n}` }, n, 'Order', 8)]
    : []),
]).flat();
/** Said while the backfill runs: that the two are one. */
const merges = Array.from({ length: CUSTOMERS / 3 }, (_, i) => ({
  type: 'identify',
  messageId: `merge-${i}`,
  userId: `u-${i * 3}`,
  anonymousId: `a-${i * 3}`,
  timestamp: daysAgo(1),
  traits: {},
}));

const tag = (key: string, when: object) => ({ key, name: { zh: key, en: key }, category: 'value', when });
const LATER = [
  tag('bf-keen', { did: { event: 'Order', count: { op: 'gte', value: 2 } } }),
  tag('bf-thrice', { nth: { event: 'Order', n: 3 } }),
  tag('bf-quiet', { silent: { for: 'P6D', event: 'Order' } }),
  tag('bf-looked', { did: { event: 'Look', within: 'P15D' } }),
];

async function put(stack: StackProcess, messages: readonly { type: string }[]): Promise<void> {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const bus = new EventBridgeClient({ endpoint: `http://127.0.0.1:${stack.port}`, region: 'us-east-1', credentials });
  for (let from = 0; from < messages.length; from += 10) {
    const Entries = messages.slice(from, from + 10).map((message) => ({
      EventBusName: 'pergola',
      Source: 'shop',
      DetailType: message.type,
      Detail: JSON.stringify(message),
    }));
    await bus.send(new PutEventsCommand({ Entries }));
  }
  bus.destroy();
}

async function calm(client: StackClient): Promise<void> {
  for (;;) {
    const { queues } = await client.get<{ queues: Record<string, { waiting: number; inFlight: number }> }>(
      '/_local/health',
    );
    if (Object.values(queues).every(({ waiting, inFlight }) => waiting + inFlight === 0)) return;
    await sleep(100);
  }
}

/** A stack in which all of the past has happened, and that has newer rules than it happened under. */
async function prepared(stack: StackProcess): Promise<StackClient> {
  await stack.start();
  const client = stackClient(stack.consolePort);
  await client.post('/_local/clock', { to: NOON });
  await put(stack, past);
  await calm(client);
  return client;
}

async function publish(client: StackClient): Promise<void> {
  const ruleset = await client.get<Ruleset>('/api/ruleset');
  await client.put('/api/ruleset', {
    baseVersion: ruleset.version,
    ruleset: { ...ruleset, tags: [...ruleset.tags, ...LATER] },
  });
}

interface Job {
  readonly id: string;
  readonly status: string;
  readonly tally: { readonly seen: number; readonly failed: number };
}

async function ended(client: StackClient, id: string): Promise<Job> {
  for (;;) {
    const job = await client.get<Job>(`/api/backfills/${id}`);
    if (job.status !== 'running') return job;
    await sleep(200);
  }
}

/** The tags of everybody, and since when; what the backfill has to say about. */
async function tagsOf(client: StackClient): Promise<Record<string, string[]>> {
  const all: Record<string, string[]> = {};
  for (let n = 0; n < CUSTOMERS; n++) {
    const { id, tags } = await client.get<{ id: string; tags: { key: string; since: string }[] }>(
      `/api/customers/u-${n}`,
    );
    all[id] = tags
      .filter(({ key }) => key.startsWith('bf-'))
      .map(({ key, since }) => `${key} ${since}`)
      .toSorted();
  }
  return all;
}

describe('a backfill, with ids joined while it runs and the stack killed ten times', { timeout: 900_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'pergola-backfill-'));
  const stacks: StackProcess[] = [];
  afterAll(async () => {
    await Promise.all(stacks.map((stack) => stack.kill()));
    rmSync(folder, { recursive: true, force: true });
  });
  const stackNamed = async (name: string): Promise<StackProcess> => {
    const stack = await stackProcess(join(folder, name));
    stacks.push(stack);
    return stack;
  };

  it('comes to the same tags as one that was left alone, after everything', async () => {
    const quiet = await stackNamed('quiet');
    const undisturbed = await prepared(quiet);
    await put(quiet, merges);
    await calm(undisturbed);
    await publish(undisturbed);
    const whole = await undisturbed.post<Job>('/api/backfills', { rate: 1000 });
    expect(await ended(undisturbed, whole.id)).toMatchObject({ status: 'done', tally: { failed: 0 } });
    const expected = await tagsOf(undisturbed);
    await quiet.stop();

    const killed = await stackNamed('killed');
    const client = await prepared(killed);
    await publish(client);
    const { id } = await client.post<Job>('/api/backfills', { rate: 20 });
    const seen: number[] = [];
    for (let kill = 0; kill < KILLS; kill++) {
      const part = merges.length / KILLS;
      await put(killed, merges.slice(kill * part, (kill + 1) * part));
      await sleep(200 + Math.random() * 800);
      seen.push((await client.get<Job>(`/api/backfills/${id}`)).tally.seen);
      await killed.kill();
      await killed.start();
    }
    expect(
      seen.some((count) => count > 0 && count < CUSTOMERS),
      `killed on the way: ${seen}`,
    ).toBe(true);
    await client.post(`/api/backfills/${id}/rate`, { rate: 1000 }).catch(() => {});
    expect(await ended(client, id)).toMatchObject({ status: 'done', tally: { failed: 0 } });
    await calm(client);
    expect(await tagsOf(client)).toEqual(expected);
    expect(new Set(Object.values(expected).flat()).size).toBeGreaterThan(4);
  });
});
