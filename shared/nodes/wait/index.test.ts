import fc from 'fast-check';
import { DateTime } from 'luxon';
import { expect, test } from 'vitest';
import { BY_KEY } from '../../rules/index.ts';
import { sampleFacts } from '../sample-facts.ts';
import { endOfWait, wait } from './index.ts';

const end = (from: string, config: { duration?: string; until?: string }, zone = 'Asia/Shanghai'): string =>
  endOfWait(DateTime.fromISO(from, { zone: 'utc' }), config, zone)
    .toUTC()
    .toISO()!;

test('ten in the morning is ten in the morning where the customer is', () => {
  const facts = { nodeEnteredAt: '2026-03-02T12:00:00.000Z' };
  const at = (zone: string) => wait.decide!({ until: '10:00' }, sampleFacts({ ...facts, zone }));
  expect(at('Asia/Shanghai')).toMatchObject({ instant: '2026-03-03T02:00:00.000Z' });
  expect(at('America/New_York')).toMatchObject({ instant: '2026-03-02T15:00:00.000Z' });
});

test('a day until ten is ten tomorrow, whether she comes in the morning, at ten sharp or late', () => {
  for (const hour of ['00:30', '02:00', '15:59']) {
    expect(end(`2026-03-02T${hour}:00.000Z`, { duration: 'P1D', until: '10:00' })).toBe('2026-03-03T02:00:00.000Z');
  }
});

test('two hours until ten is the first ten after two hours', () => {
  expect(end('2026-03-02T00:00:00.000Z', { duration: 'PT2H', until: '10:00' })).toBe('2026-03-02T02:00:00.000Z');
  expect(end('2026-03-02T00:00:00.001Z', { duration: 'PT2H', until: '10:00' })).toBe('2026-03-03T02:00:00.000Z');
});

test('who arrives at ten sharp waits until tomorrow: time always passes', () => {
  expect(end('2026-03-02T02:00:00.000Z', { until: '10:00' })).toBe('2026-03-03T02:00:00.000Z');
});

test('a half past two that does not exist on the day when clocks go forward becomes half past three', () => {
  expect(end('2026-03-08T05:00:00.000Z', { until: '02:30' }, 'America/New_York')).toBe('2026-03-08T07:30:00.000Z');
});

test('a wait always ends after it began, on days when clocks change too', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 365 * 24 * 12 }),
      fc.constantFrom('America/New_York', 'Asia/Shanghai', 'Australia/Lord_Howe', 'Africa/Casablanca'),
      fc.constantFrom(undefined, 'P1D', 'PT1H', 'P1DT1H'),
      fc.integer({ min: 0, max: 47 }),
      (slot, zone, duration, half) => {
        const from = Date.UTC(2026, 0, 1) + slot * 300_000;
        const until = `${String(Math.floor(half / 2)).padStart(2, '0')}:${half % 2 ? '30' : '00'}`;
        expect(Date.parse(end(new Date(from).toISOString(), { duration, until }, zone))).toBeGreaterThan(from);
      },
    ),
  );
});

test('a card says what a marketer would say', () => {
  expect(wait.face.summary({ duration: 'P7D', until: '10:00' }, 'zh', BY_KEY)).toBe('等待 7 天 · 至 10:00');
  expect(wait.face.summary({ duration: 'P7D', until: '10:00' }, 'en', BY_KEY)).toBe('Wait 7 days · until 10:00');
  expect(wait.face.summary({ until: '10:00' }, 'zh', BY_KEY)).toBe('等至 10:00');
});

test('a wait for nothing is refused', () => {
  expect(wait.config.safeParse({}).success).toBe(false);
  expect(wait.config.safeParse({ duration: 'PT0S' }).success).toBe(false);
});
