import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createClock } from '../clock.ts';
import { openMemory, openStore, type Store } from '../store.ts';
import { batchFailures } from './function-consumer.ts';
import { openQueueStore, type QueueMessage } from './queue-store.ts';
import { createQueues, type Queues } from './queues.ts';

const START = Date.UTC(2026, 0, 1);

/** Queues over a store, with a frozen clock. */
async function open(store: Store) {
  const clock = createClock({ memory: openMemory(store), used: () => false });
  const queues = createQueues(openQueueStore(store), clock);
  clock.add(queues);
  clock.start();
  await clock.moveTo(Math.max(START, clock.frozen() ? clock.now() : 0), { freeze: true });
  return { clock, queues };
}

describe('queues', () => {
  it('deliver a message again at growing distances, until it goes to the dead letters', async () => {
    const { clock, queues } = await open(openStore(':memory:'));
    const tries: number[] = [];
    queues.consume('q', {
      batchSize: 1,
      maxReceive: 5,
      deliver: async () => {
        tries.push((clock.now() - START) / 1000);
        throw new Error('no');
      },
    });
    queues.send('q', 'hello');
    await clock.advance((now) => now + 3_600_000);
    expect(tries).toEqual([0, 1, 3, 7, 15]);
    expect(queues.store.deadLetters()).toMatchObject([{ queue: 'q', body: 'hello', receives: 5, error: 'no' }]);
    expect(queues.nextDue()).toBeUndefined();
    clock.stop();
  });

  it('wait with what is sent for later', async () => {
    const { clock, queues } = await open(openStore(':memory:'));
    const got: [string, number][] = [];
    queues.consume('q', {
      batchSize: 10,
      maxReceive: 1,
      async deliver(messages) {
        for (const message of messages) got.push([message.body, clock.now() - START]);
        return new Map();
      },
    });
    queues.send('q', 'later', { visibleAt: START + 500 });
    queues.send('q', 'now');
    await clock.settled();
    await clock.advance((now) => now + 1000);
    expect(got).toEqual([
      ['now', 0],
      ['later', 500],
    ]);
    clock.stop();
  });

  it('lose nothing and forget nothing, whatever fails and whenever the process dies', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'pergola-queues-'));
    let run = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ failures: fc.integer({ min: 0, max: 4 }) }), { minLength: 1, maxLength: 12 }),
        fc.array(fc.integer({ min: 0, max: 6 }), { maxLength: 3 }),
        fc.integer({ min: 1, max: 5 }),
        async (messages, deaths, batchSize) => {
          const file = join(folder, `${run++}.db`);
          const delivered = new Map<string, number>();
          const remaining = new Map(messages.map(({ failures }, n) => [String(n), failures]));
          const consume = (queues: Queues, diesAfter: number, dead: () => void) => {
            let deliveries = 0;
            queues.consume('q', {
              batchSize,
              maxReceive: 3,
              async deliver(batch: readonly QueueMessage[]) {
                if (++deliveries > diesAfter) {
                  dead();
                  // A process that is killed answers nothing more.
                  return new Promise(() => {});
                }
                const failed = new Map<string, string>();
                for (const message of batch) {
                  const left = remaining.get(message.body) ?? 0;
                  remaining.set(message.body, left - 1);
                  if (left > 0) failed.set(message.id, 'failed');
                  else delivered.set(message.body, (delivered.get(message.body) ?? 0) + 1);
                }
                return failed;
              },
            });
          };
          let first = true;
          for (const diesAfter of [...deaths, Number.POSITIVE_INFINITY]) {
            const store = openStore(file);
            const { clock, queues } = await open(store);
            if (first) for (const body of remaining.keys()) queues.send('q', body);
            first = false;
            const died = new Promise<void>((resolve) => consume(queues, diesAfter, resolve));
            await Promise.race([clock.advance((now) => now + 3_600_000).catch(() => {}), died]);
            clock.stop();
            store.close();
          }
          const store = openStore(file);
          const buried = openQueueStore(store)
            .deadLetters('q', 100)
            .map((letter) => letter.body);
          const counts = openQueueStore(store).counts()['q'];
          store.close();
          for (const body of remaining.keys()) expect(delivered.has(body) || buried.includes(body)).toBe(true);
          for (const [n, { failures }] of messages.entries())
            if (failures < 3 && deaths.length === 0) expect(delivered.get(String(n))).toBe(1);
          expect(counts?.waiting ?? 0).toBe(0);
        },
      ),
      { numRuns: 40 },
    );
    rmSync(folder, { recursive: true, force: true });
  });

  it('read partial failures as AWS does: an unknown id fails the whole batch', () => {
    const ids = ['a', 'b'];
    expect([...batchFailures({ batchItemFailures: [{ itemIdentifier: 'b' }] }, ids).keys()]).toEqual(['b']);
    expect([...batchFailures({ batchItemFailures: [{ itemIdentifier: 'z' }] }, ids).keys()]).toEqual(ids);
    expect([...batchFailures({ batchItemFailures: [{ itemIdentifier: '' }] }, ids).keys()]).toEqual(ids);
    expect(batchFailures({ batchItemFailures: [] }, ids).size).toBe(0);
    expect(batchFailures(null, ids).size).toBe(0);
  });

  it('say why, where the handler did', () => {
    // As functions/pipeline.ts does it.
    const { [Symbol.for('pergola.item-failed')]: tell } = globalThis as Record<symbol, unknown>;
    (tell as (item: string, error: unknown) => void)('told', new RangeError('too deep'));
    const failures = { batchItemFailures: [{ itemIdentifier: 'told' }, { itemIdentifier: 'not' }] };
    expect(Object.fromEntries(batchFailures(failures, ['told', 'not', 'fine']))).toEqual({
      told: 'RangeError: too deep',
      not: 'the function reported this item as failed',
    });
  });
});
