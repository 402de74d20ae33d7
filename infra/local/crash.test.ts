import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { type ChildStack, isAlive, ports, startChild } from './test-support/child.ts';

describe('a stack that is killed', () => {
  const data = mkdtempSync(join(tmpdir(), 'pergola-crash-'));
  let stack: ChildStack | undefined;

  afterAll(async () => {
    await stack?.kill();
    rmSync(data, { recursive: true, force: true });
  });

  const settings = (endpoint: string) => ({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  const keys = async (endpoint: string, TableName: string) => {
    const found = new Set<string>();
    for await (const page of paginateScan({ client: new DynamoDBClient(settings(endpoint)) }, { TableName }))
      for (const item of page.Items ?? []) found.add(item['pk']?.S ?? '');
    return found;
  };
  /** Puts events until the stack dies, and gives the ids of those that were acknowledged. */
  async function putUntilItDies(endpoint: string, name: string): Promise<string[]> {
    const bus = new EventBridgeClient({ ...settings(endpoint), maxAttempts: 1 });
    const acknowledged: string[] = [];
    for (let call = 0; ; call++) {
      const ids = Array.from({ length: 10 }, (_, n) => `${name}-${call}-${n}`);
      try {
        await bus.send(
          new PutEventsCommand({
            Entries: ids.map((id) => ({
              EventBusName: 'pergola',
              Source: 'shop',
              DetailType: 'track',
              Detail: JSON.stringify({ id }),
            })),
          }),
        );
      } catch {
        return acknowledged;
      }
      acknowledged.push(...ids);
      // As fast as it can be is not the point, and all of it is worked off below.
      await new Promise((resolve) => setTimeout(resolve, 15));
    }
  }
  const clock = async (of: ChildStack, body: unknown) =>
    (await (await fetch(`${of.console}/_local/clock`, { method: 'POST', body: JSON.stringify(body) })).json()) as {
      now: string;
      frozen: boolean;
    };

  it('loses no acknowledged event and no change, however often', { timeout: 120_000 }, async () => {
    const at = await ports();
    const acknowledged: string[] = [];
    for (const round of ['first', 'second', 'third', 'fourth']) {
      const running = await startChild(data, at);
      stack = running;
      const putting = putUntilItDies(running.endpoint, round);
      await new Promise((resolve) => setTimeout(resolve, 150 + Math.random() * 350));
      await running.kill();
      acknowledged.push(...(await putting));
    }
    stack = await startChild(data, at);
    await clock(stack, { advance: 'PT10M' });
    const profiles = await keys(stack.endpoint, 'pergola-profiles');
    const followed = await keys(stack.endpoint, 'pergola-messages');
    expect(acknowledged.length).toBeGreaterThan(50);
    expect(acknowledged.filter((id) => !profiles.has(`customer-${id}`))).toEqual([]);
    expect([...profiles].filter((customer) => !followed.has(customer))).toEqual([]);
  });

  it('takes its database with it, and goes on at the time where it was', async () => {
    const before = await clock(stack as ChildStack, { advance: 'P3D', freeze: true });
    await stack?.kill();
    await vi.waitFor(() => expect(isAlive(stack?.dynoxide ?? 0)).toBe(false));
    stack = await startChild(data, await ports());
    const after = (await (await fetch(`${stack.console}/_local/clock`)).json()) as { now: string; frozen: boolean };
    expect(after).toMatchObject({ now: before.now, frozen: true });
  });

  it('starts a database that died again, and goes on', async () => {
    const running = stack as ChildStack;
    process.kill(running.dynoxide, 'SIGKILL');
    const bus = new EventBridgeClient(settings(running.endpoint));
    const Detail = JSON.stringify({ id: 'after-the-death' });
    await bus.send(
      new PutEventsCommand({ Entries: [{ EventBusName: 'pergola', Source: 'shop', DetailType: 'track', Detail }] }),
    );
    await clock(running, { advance: 'PT10M' });
    await vi.waitFor(
      async () => expect(await keys(running.endpoint, 'pergola-messages')).toContain('customer-after-the-death'),
      { timeout: 10_000 },
    );
  });
});
