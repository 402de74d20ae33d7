import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ClockOptions, createClock, type StackClock } from './clock.ts';
import type { Memory } from './store.ts';
import type { TimeSource } from './time-source.ts';

const DAY = 86_400_000;
const START = Date.UTC(2026, 0, 1);

function memory(): Memory {
  const values = new Map<string, string>();
  return {
    get: <T>(key: string) => (values.has(key) ? (JSON.parse(values.get(key) ?? '') as T) : undefined),
    set: (key, value) => void values.set(key, JSON.stringify(value)),
  };
}

/** A source of alarms: what rings, and at which moment of the clock it did. */
function alarms(clock: StackClock, name = 'alarms') {
  const due: { at: number; label: string; work?: (at: number) => Promise<void> | void }[] = [];
  const rang: string[] = [];
  let working = 0;
  const source: TimeSource = {
    name,
    nextDue: () => (due.length === 0 ? undefined : Math.min(...due.map((alarm) => alarm.at))),
    fireDue(now) {
      for (const alarm of due.filter((one) => one.at <= now)) {
        due.splice(due.indexOf(alarm), 1);
        rang.push(`${alarm.label} ${clock.now() - START}`);
        working++;
        void Promise.resolve(alarm.work?.(now)).finally(() => {
          working--;
          clock.changed();
        });
      }
    },
    busy: () => working > 0,
  };
  clock.add(source);
  const set = (after: number, label: string, work?: (at: number) => Promise<void> | void) => {
    due.push({ at: START + after, label, ...(work ? { work } : {}) });
    clock.changed();
  };
  return { set, rang, source };
}

/** A frozen clock that stands at START. */
async function stand(options: Partial<ClockOptions> = {}): Promise<StackClock> {
  const clock = createClock({ memory: memory(), used: () => false, ...options });
  clock.start();
  await clock.moveTo(START, { freeze: true });
  return clock;
}

const later = (turns = 3): Promise<void> =>
  turns === 0 ? Promise.resolve() : new Promise((resolve) => setImmediate(() => resolve(later(turns - 1))));

describe('moving the clock', () => {
  it('fires what is due in the order of time, each at its own moment', async () => {
    const clock = await stand();
    const { set, rang } = alarms(clock);
    set(15 * DAY, 'fifteen days');
    set(1000, 'a second');
    set(400 * DAY, 'next year');
    await clock.advance((from) => from + 20 * DAY);
    expect(rang).toEqual(['a second 1000', `fifteen days ${15 * DAY}`]);
    expect(clock.now()).toBe(START + 20 * DAY);
    clock.stop();
  });

  it('stands still until everything that a moment started has ended', async () => {
    const clock = await stand();
    const { set, rang } = alarms(clock);
    const seen: number[] = [];
    set(1000, 'slow', async () => {
      await later(20);
      seen.push(clock.now() - START);
      // Work that leads to more work: due now, and due before the target.
      set(1000, 'at once');
      set(1500, 'soon');
    });
    set(2000, 'last');
    await clock.advance((from) => from + 5000);
    expect(seen).toEqual([1000]);
    expect(rang).toEqual(['slow 1000', 'at once 1000', 'soon 1500', 'last 2000']);
    clock.stop();
  });

  it('lets work that is under way be joined by what is due at the same moment', async () => {
    const clock = await stand();
    const first = alarms(clock, 'first');
    const second = alarms(clock, 'second');
    const gate = Promise.withResolvers<void>();
    first.set(1000, 'waits for the other', () => gate.promise);
    second.set(1000, 'opens', () => gate.resolve());
    await clock.advance((from) => from + 1000);
    expect([...first.rang, ...second.rang]).toEqual(['waits for the other 1000', 'opens 1000']);
    clock.stop();
  });

  it('goes on without work that never ends, and says which', async () => {
    const lines: string[] = [];
    const clock = await stand({ patience: 20, warn: (line) => lines.push(line) });
    const { set, source } = alarms(clock);
    Object.assign(source, { working: () => ['function pergola-hung'] });
    set(1000, 'hung', () => new Promise(() => {}));
    set(DAY, 'next day');
    const { unsettled } = await clock.advance((from) => from + 2000);
    expect(unsettled).toEqual(['function pergola-hung']);
    expect(lines.join()).toContain('function pergola-hung');
    expect(clock.now()).toBe(START + 2000);
    clock.stop();
  });

  it('makes one move after the other, in the order in which they were asked for', async () => {
    const clock = await stand();
    const { set, rang } = alarms(clock);
    set(1000, 'a', () => later(5));
    set(3000, 'b', () => later(5));
    const moved = await Promise.all([
      clock.advance((from) => from + 2000),
      clock.advance((from) => from + 2000),
      clock.moveTo(START + 10_000),
    ]);
    expect(moved.map(({ now }) => now - START)).toEqual([2000, 4000, 10_000]);
    expect(rang).toEqual(['a 1000', 'b 3000']);
    clock.stop();
  });

  it('may go back while nothing has happened, and not afterwards', async () => {
    let used = false;
    const clock = await stand({ used: () => used });
    await clock.moveTo(Date.UTC(2010, 11, 1));
    expect(new Date(clock.now()).toISOString()).toBe('2010-12-01T00:00:00.000Z');
    used = true;
    await expect(clock.moveTo(Date.UTC(2009, 0, 1))).rejects.toMatchObject({ code: 'ClockCannotGoBack' });
    await expect(clock.moveTo(Number.NaN)).rejects.toMatchObject({ code: 'ClockOutOfRange' });
    expect(new Date(clock.now()).toISOString()).toBe('2010-12-01T00:00:00.000Z');
    clock.stop();
  });

  it('gives every alarm its own moment, however they are set and however the way is cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 1000 }), { maxLength: 20 }),
        fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 6 }),
        async (dues, steps) => {
          const clock = await stand();
          const { set, rang } = alarms(clock);
          for (const due of dues) set(due, 'alarm', () => later(due % 3));
          for (const step of steps) await clock.advance((from) => from + step);
          const reached = steps.reduce((sum, step) => sum + step, 0);
          const expected = dues.filter((due) => due <= reached).sort((a, b) => a - b);
          expect(rang).toEqual(expected.map((due) => `alarm ${due}`));
          clock.stop();
        },
      ),
      { numRuns: 50 },
    );
  });
});

describe('the running clock', () => {
  it('fires what is due by itself, and nothing that lies beyond the longest timer', async () => {
    const clock = createClock({ memory: memory(), used: () => true });
    clock.start();
    await clock.moveTo(clock.now() + DAY);
    const { set, rang } = alarms(clock);
    const now = clock.now() - START;
    const soon = Promise.withResolvers<void>();
    set(now + 60 * DAY, 'in sixty days');
    set(now + 5, 'soon', () => soon.resolve());
    await soon.promise;
    expect(rang).toHaveLength(1);
    clock.stop();
  });

  it('runs on from where it was, over a restart, and never backwards', async () => {
    const kept = memory();
    const first = createClock({ memory: kept, used: () => true });
    first.start();
    const { now } = await first.advance((from) => from + 30 * DAY);
    first.stop();
    const second = createClock({ memory: kept, used: () => true });
    expect(second.now()).toBeGreaterThanOrEqual(now);
    expect(second.now()).toBeLessThan(now + DAY);
    expect(second.frozen()).toBe(false);
  });

  it('stays frozen over a restart, and runs on when it is told to', async () => {
    const kept = memory();
    const first = createClock({ memory: kept, used: () => false });
    first.start();
    await first.moveTo(START, { freeze: true });
    first.stop();
    const second = createClock({ memory: kept, used: () => false });
    second.start();
    await later();
    expect([second.frozen(), second.now()]).toEqual([true, START]);
    expect(await second.freeze(false)).toMatchObject({ frozen: false });
    expect(second.now()).toBeLessThan(START + DAY);
    second.stop();
  });

  it('stands, after it was killed in the middle of a move, where the move had come to', async () => {
    const kept = memory();
    const first = createClock({ memory: kept, used: () => false });
    first.start();
    await first.moveTo(START, { freeze: true });
    const { set } = alarms(first);
    const reached = Promise.withResolvers<void>();
    set(1000, 'never ends', () => {
      reached.resolve();
      return new Promise(() => {});
    });
    void first.moveTo(START + DAY).catch(() => {});
    await reached.promise;
    const second = createClock({ memory: kept, used: () => false });
    expect([second.frozen(), second.now()]).toEqual([true, START + 1000]);
    first.stop();
  });
});
