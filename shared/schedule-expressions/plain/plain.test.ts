import fc from 'fast-check';
import { expect, it } from 'vitest';
import { FESTIVALS } from '../../calendar/index.ts';
import { parseSchedule } from '../index.ts';
import { blankSchedule, expressionOf, type PlainSchedule, plainSchedule, plainWays, scheduleParts } from './index.ts';

const two = (n: number) => String(n).padStart(2, '0');
const at = fc.tuple(fc.nat(23), fc.nat(59)).map(([hour, minute]) => `${two(hour)}:${two(minute)}`);
const day = fc.integer({ min: 1, max: 28 });
const days = fc.integer({ min: -180, max: 180 });
const month = fc.integer({ min: 1, max: 12 });

const plain: fc.Arbitrary<PlainSchedule> = fc.oneof(
  fc.record({ type: fc.constant('daily' as const), at }),
  fc.record({
    type: fc.constant('weekly' as const),
    days: fc.uniqueArray(fc.nat(6), { minLength: 1 }).map((list) => list.sort((a, b) => a - b)),
    at,
  }),
  fc.record({ type: fc.constant('monthly' as const), day: fc.oneof(day.map(String), fc.constant('L')), at }),
  fc.record({
    type: fc.constant('once' as const),
    date: fc.tuple(month, day).map(([m, d]) => `2027-${two(m)}-${two(d)}`),
    at,
  }),
  fc.record({
    type: fc.constant('every' as const),
    count: fc.integer({ min: 1, max: 366 }),
    unit: fc.constantFrom('minute', 'hour', 'day'),
  }),
  fc.record({
    type: fc.constant('festival' as const),
    festival: fc.constantFrom(...FESTIVALS.map(({ id }) => id)),
    days,
    at,
  }),
  fc.record({
    type: fc.constant('lunar' as const),
    date: fc.record({ month, day: fc.integer({ min: 1, max: 30 }) }),
    days,
    at,
  }),
);

it('what a form puts together it takes apart again the same, and the clock can read it', () => {
  fc.assert(
    fc.property(plain, (schedule) => {
      const expression = expressionOf(schedule);
      expect(plainSchedule(expression)).toEqual(schedule);
      expect(parseSchedule(expression, 'Asia/Shanghai')).toBeDefined();
    }),
  );
});

it('every way begins with something sound, takes the time of day along, and shows each of its fields', () => {
  for (const { type } of plainWays()) {
    const blank = blankSchedule(type, '09:30', '2026-12-31');
    expect(plainSchedule(expressionOf(blank)), type).toEqual(blank);
    const fields = Object.keys(blank).filter((field) => field !== 'type');
    expect(
      scheduleParts(blank)
        .flat()
        .map(({ field }) => field)
        .sort(),
      type,
    ).toEqual(fields.sort());
    if ('at' in blank) expect(blank.at).toBe('09:30');
  }
  expect(blankSchedule('once', '09:30', '2026-12-31')).toMatchObject({ date: '2027-01-01' });
});

it('an expression that is richer than any form is nobody’s', () => {
  for (const expression of ['cron(0 10 ? * MON#1 *)', 'cron(0/5 * ? * * *)', 'cron(0 9 15W * ? *)', '每天'])
    expect(plainSchedule(expression)).toBeUndefined();
});
