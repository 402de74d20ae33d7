import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NO_DISTRIBUTION, valueAt, withValues } from './distribution.ts';

const money = fc.integer({ min: -1_000_000, max: 100_000_000 }).map((cents) => cents / 100);
const percent = fc.constantFrom(0, 0.1, 33, 50, 66.6, 80, 99.9);

test('the value from which on she is above so many percent is one that somebody has, and ties stay together', () => {
  const distribution = withValues(NO_DISTRIBUTION, [10, 20, 20, 20, 30, 40, 50, 60, 70, 80]);
  expect([0, 10, 30, 40, 70, 99].map((share) => valueAt(distribution, share))).toEqual([10, 20, 20, 30, 60, 80]);
  expect(valueAt(NO_DISTRIBUTION, 50)).toBeUndefined();
});

test('while values are few it is exact, in whatever pages they come; where they are many it is at most 1 % too low', () => {
  const values = fc.array(money, { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(values, fc.nat(59), percent, fc.constantFrom(5, 1000), (all, cut, share, most) => {
      const paged = withValues(withValues(NO_DISTRIBUTION, all.slice(0, cut), most), all.slice(cut), most);
      const ordered = all.toSorted((a, b) => a - b);
      const exact = ordered[Math.min(all.length - 1, Math.floor((share / 100) * all.length))] as number;
      const found = valueAt(paged, share) as number;
      expect(paged.customers).toBe(all.length);
      if (paged.steps === undefined) expect(found).toBe(exact);
      else {
        expect(found).toBeLessThanOrEqual(exact + 1e-6);
        expect(exact - found).toBeLessThanOrEqual(Math.abs(exact) * 0.0101 + 0.01);
      }
    }),
  );
});

test('a hundred thousand different amounts take the room of some thousand', () => {
  let distribution = NO_DISTRIBUTION;
  for (let page = 0; page < 100; page++) {
    const values = Array.from({ length: 1000 }, (_, i) => ((page * 1000 + i) * 7919) / 1000);
    distribution = withValues(distribution, values);
  }
  expect(distribution.counts.length).toBeLessThan(2100);
  expect(JSON.stringify(distribution).length).toBeLessThan(40_000);
});
