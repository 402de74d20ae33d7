import { expect, test } from 'vitest';
import { durationSeconds, durationWords } from './duration.ts';

test('a duration has a length and a name in both languages', () => {
  expect(durationSeconds('P7D')).toBe(604_800);
  expect(durationSeconds('P1DT12H')).toBe(129_600);
  expect(durationSeconds('PT90S')).toBe(90);
  expect(durationWords('P7D').zh).toBe('7 天');
  expect(durationWords('P1DT12H').en).toBe('1 day 12 hours');
});

test('what has no fixed length is not a duration here', () => {
  for (const no of ['P1M', 'P', 'PT', '7 days', 'P1Y', 'P1.5D', '']) expect(durationSeconds(no), no).toBeUndefined();
});
