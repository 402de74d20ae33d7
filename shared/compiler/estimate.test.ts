import { expect, test } from 'vitest';
import type { Journey } from '../journey/index.ts';
import { compile, type Estimate } from './index.ts';
import { FUNCTIONS } from './testing/arns.ts';
import { drawn } from './testing/build.ts';

function estimateOf(journey: Journey): Estimate {
  const result = compile(journey, { version: 1, functions: FUNCTIONS });
  if (!result.ok) throw new Error(JSON.stringify(result.diagnostics));
  return result.estimate;
}
const DAY = 86_400;

test('a straight journey of three days: start, message, wait, message, exit', () => {
  const e = estimateOf(
    drawn({ in: ['enter-event'], a: ['message'], w: ['wait', { duration: 'P3D' }], b: ['message'], x: ['exit'] }, [
      'in>a',
      'a>w',
      'w>b',
      'b>x',
    ]),
  );
  expect(e.longest).toMatchObject({ transitions: 5, calls: 3, seconds: 3 * DAY });
  expect(e.longest.transitionDollars).toBeCloseTo(0.125);
  expect(e.average).toEqual(e.longest);
  expect(e.openPerDailyEntry).toBe(3);
  expect(e.loops).toBe(false);
});

test('a split by one in four counts a quarter of the longer way', () => {
  const parts = [
    { id: 'a', percent: 25 },
    { id: 'b', percent: 75 },
  ];
  const e = estimateOf(
    drawn({ in: ['enter-event'], s: ['split', { parts }], w: ['wait', { duration: 'P8D' }], x: ['exit'] }, [
      'in>s',
      's.a>w',
      's.b>x',
      'w>x',
    ]),
  );
  expect(e.longest.transitions).toBe(4);
  expect(e.average.transitions).toBeCloseTo(3.25);
  expect(e.average.seconds).toBeCloseTo(2 * DAY);
  expect(e.openPerDailyEntry).toBeCloseTo(2);
});

test('a loop is walked once, and said to be one', () => {
  const e = estimateOf(
    drawn({ in: ['enter-event'], m: ['message'], w: ['wait', { duration: 'P1D' }], b: ['branch'] }, [
      'in>m',
      'm>w',
      'w>b',
      'b.else>m',
    ]),
  );
  expect(e.loops).toBe(true);
  expect(e.longest.seconds).toBe(DAY);
});

test('the worst history holds every retry, and stays far below what AWS allows', () => {
  const e = estimateOf(drawn({ in: ['enter-event'], x: ['exit'] }, ['in>x']));
  expect(e.worstHistoryEvents).toBe(2 + 5 + 8 * 3);
});

test('a time of day is reckoned as half a day, at most a long one', () => {
  const e = estimateOf(drawn({ in: ['enter-event'], w: ['wait', { until: '10:00' }], x: ['exit'] }, ['in>w', 'w>x']));
  expect(e.average.seconds).toBe(DAY / 2);
  expect(e.longest.seconds).toBe(25 * 3600);
  expect(e.longest).toMatchObject({ transitions: 4, calls: 2 });
});
