import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { createArns } from '../arns.ts';
import { createClock } from '../clock.ts';
import { openMemory, openStore } from '../store.ts';
import type { Image, StreamEntry } from '../streams/stream-record.ts';
import type { LambdaResult } from '../time-source.ts';
import { createDueHeap } from './due-heap.ts';
import { createSchedule } from './schedule.ts';

const START = Date.UTC(2026, 0, 1);

/** A schedule over a table that the test holds, and a function that the test is. */
async function open(everySeconds: number, answer: (at: number) => unknown, items: Image[] = []) {
  const clock = createClock({ memory: openMemory(openStore(':memory:')), used: () => false });
  clock.start();
  await clock.moveTo(START, { freeze: true });
  const calls: number[] = [];
  const schedule = createSchedule({
    functionName: 'sweep',
    functionArn: 'sweep',
    ruleName: 'sweep',
    everySeconds,
    ready: () => true,
    due: { table: 'profiles', index: 'due', attribute: 'dueAt', partition: 'duePk', prefix: 'due#' },
    client: {
      url: '',
      call: async <T>() => ({ Items: items }) as T,
      callText: async () => '{}',
      streams: async <T>() => ({}) as T,
      close: () => {},
    },
    lambda: {
      async invoke(): Promise<LambdaResult> {
        calls.push((clock.now() - START) / 1000);
        return { ok: true, payload: answer(clock.now()) };
      },
    },
    clock,
    arns: createArns({ account: '000000000000', region: 'us-east-1' }),
    warn: () => {},
  });
  clock.add(schedule);
  await schedule.start();
  const item = (name: string, dueAfterSeconds?: number): Image => ({
    pk: { S: name },
    sk: { S: 'state' },
    duePk: { S: name.startsWith('other') ? 'clock#0' : 'due#0' },
    ...(dueAfterSeconds === undefined ? {} : { dueAt: { S: new Date(START + dueAfterSeconds * 1000).toISOString() } }),
  });
  const written = (name: string, dueAfterSeconds?: number) => {
    const NewImage = item(name, dueAfterSeconds);
    schedule.watch('profiles', { keys: NewImage, imageWith: () => NewImage } as unknown as StreamEntry);
    clock.changed();
  };
  return { clock, calls, written };
}

describe('a schedule over items that carry their due moment', () => {
  it('knows what was due already when it started', async () => {
    const at = (seconds: number) => ({ S: new Date(START + seconds * 1000).toISOString() });
    const items = [{ pk: { S: 'a' }, sk: { S: 's' }, duePk: { S: 'due#3' }, dueAt: at(30) }];
    const { clock, calls } = await open(60, () => ({}), items);
    await clock.advance((now) => now + 60_000);
    expect(calls[0]).toBe(30);
    clock.stop();
  });

  it('follows the moments as they change', async () => {
    const { clock, calls, written } = await open(60, () => {
      written('a');
      return {};
    });
    written('a', 100);
    written('a', 200.5);
    written('b', 150);
    written('b');
    await clock.advance((now) => now + 86_400_000);
    expect(calls).toEqual([200.5]);
    clock.stop();
  });

  it('leaves alone what is due for others', async () => {
    const { clock, calls, written } = await open(60, () => ({}));
    written('other', 100);
    await clock.advance((now) => now + 86_400_000);
    expect(calls).toEqual([]);
    clock.stop();
  });

  it('asks again a period later while an item stays due, and not for ever at one moment', async () => {
    let left = 3;
    const { clock, calls, written } = await open(60, () => {
      // Written again without progress, as by a function that could not do its work.
      written('a', --left > 0 ? 100 : undefined);
      return {};
    });
    written('a', 100);
    await clock.advance((now) => now + 3_600_000);
    expect(calls).toEqual([100, 160, 220]);
    clock.stop();
  });

  it('calls again at once while the function says that there is more', async () => {
    let pages = 3;
    const { clock, calls, written } = await open(60, () => {
      if (--pages === 0) written('a');
      return { more: pages > 0 };
    });
    written('a', 100);
    await clock.advance((now) => now + 3_600_000);
    expect(calls).toEqual([100, 100, 100]);
    clock.stop();
  });

  it('calls every period while time runs by itself', async () => {
    const { clock, calls } = await open(0.02, () => ({}));
    await clock.advance((now) => now + 86_400_000);
    expect(calls).toEqual([]);
    await clock.freeze(false);
    await vi.waitFor(() => expect(calls.length).toBeGreaterThan(2));
    clock.stop();
  });
});

describe('the heap of due moments', () => {
  it('always gives the earliest, whatever was set, changed and taken away', () => {
    const step = fc.oneof(
      fc.record({ key: fc.integer({ min: 0, max: 9 }), at: fc.integer({ min: 0, max: 50 }) }),
      fc.record({ key: fc.integer({ min: 0, max: 9 }) }),
      fc.record({ take: fc.integer({ min: 0, max: 50 }) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const heap = createDueHeap();
        const model = new Map<string, number>();
        for (const step of steps) {
          if ('take' in step) {
            const due = [...model].filter(([, at]) => at <= step.take).map(([key]) => key);
            expect(heap.take(step.take).sort()).toEqual(due.sort());
            for (const key of due) model.delete(key);
          } else if ('at' in step) {
            heap.set(String(step.key), step.at);
            model.set(String(step.key), step.at);
          } else {
            heap.delete(String(step.key));
            model.delete(String(step.key));
          }
          expect(heap.earliest()).toBe(model.size === 0 ? undefined : Math.min(...model.values()));
          expect(heap.size()).toBe(model.size);
        }
      }),
    );
  });
});
