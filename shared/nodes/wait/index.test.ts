import { DateTime } from 'luxon';
import { expect, test } from 'vitest';
import { sampleFacts } from '../sample-facts.ts';
import { nextTimeOfDay, wait } from './index.ts';

const from = (iso: string) => DateTime.fromISO(iso, { zone: 'utc' });

test('ten in the morning is ten in the morning where the customer is', () => {
  const facts = { nodeEnteredAt: '2026-03-02T12:00:00.000Z' };
  const at = (zone: string) => wait.decide!({ until: '10:00' }, sampleFacts({ ...facts, zone }));
  expect(at('Asia/Shanghai')).toMatchObject({ instant: '2026-03-03T02:00:00.000Z' });
  expect(at('America/New_York')).toMatchObject({ instant: '2026-03-02T15:00:00.000Z' });
});

test('who arrives exactly at ten does not wait until tomorrow', () => {
  expect(nextTimeOfDay(from('2026-03-02T02:00:00.000Z'), '10:00', 'Asia/Shanghai').toMillis()).toBe(
    from('2026-03-02T02:00:00.000Z').toMillis(),
  );
});

test('a half past two that does not exist on the day when clocks go forward becomes half past three', () => {
  const instant = nextTimeOfDay(from('2026-03-08T05:00:00.000Z'), '02:30', 'America/New_York');
  expect(instant.toUTC().toISO()).toBe('2026-03-08T07:30:00.000Z');
});

test('on the day when clocks go back it is never before the moment asked from', () => {
  const start = from('2026-11-01T05:45:00.000Z');
  expect(nextTimeOfDay(start, '01:30', 'America/New_York') >= start).toBe(true);
});

test('a card says what a marketer would say', () => {
  expect(wait.face.summary({ duration: 'P7D', until: '10:00' }, 'zh')).toBe('等待 7 天 · 至 10:00');
  expect(wait.face.summary({ duration: 'P7D', until: '10:00' }, 'en')).toBe('Wait 7 days · until 10:00');
  expect(wait.face.summary({ until: '10:00' }, 'zh')).toBe('等至 10:00');
});

test('a wait for nothing is refused', () => {
  expect(wait.config.safeParse({}).success).toBe(false);
  expect(wait.config.safeParse({ duration: 'PT0S' }).success).toBe(false);
});
