import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { belonging, estimated, everybody, inAll, inAny } from './index.ts';

const set = (customers: number, ...ids: string[]) => ({ segments: new Set(ids), customers });
const SETS = [set(100), set(40, 'a'), set(10, 'b'), set(7, 'a', 'b'), set(3, 'a', 'b', 'c')];

describe('from how many are in exactly which segments', () => {
  test('come members, overlaps and everybody', () => {
    expect(everybody(SETS)).toBe(160);
    expect([inAll(SETS, ['a']), inAll(SETS, ['a', 'b']), inAll(SETS, ['a', 'b', 'c'])]).toEqual([50, 10, 3]);
    expect([inAny(SETS, ['a', 'b']), inAny(SETS, ['c'])]).toEqual([60, 3]);
  });

  test('come those who belong to each, nobody twice, whatever the order', () => {
    const family = (...order: string[]) => ({ id: 'f', name: { zh: '组', en: 'f' }, order });
    expect(belonging(SETS, family('c', 'b', 'a'))).toEqual({ c: 3, b: 17, a: 40 });
    expect(belonging(SETS, family('a', 'b', 'c'))).toEqual({ a: 50, b: 10, c: 0 });
  });
});

describe('a sample', () => {
  test('of everybody is no estimate', () => {
    expect(estimated(3, 50, 50)).toEqual({ count: 3, exact: true });
  });

  test('gives a number and how wide of the mark it may be; never less than was seen', () => {
    expect(estimated(100, 1000, 1_000_000)).toEqual({
      count: 100_000,
      exact: false,
      low: 82_917,
      high: 120_142,
      sampled: 1000,
    });
    const none = estimated(0, 1000, 1_000_000);
    expect(none).toMatchObject({ count: 0, low: 0 });
    expect('high' in none && none.high).toBeGreaterThan(1000);
    expect(estimated(5, 900, 901)).toMatchObject({ low: 5, high: 6 });
  });

  test('keeps its promise: the truth lies inside in some 95 of 100 draws', () => {
    let seed = 11;
    const random = (): number => {
      seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
      return seed / 2 ** 32;
    };
    for (const share of [0.01, 0.2, 0.5]) {
      const truth = 20_000 * share;
      let inside = 0;
      for (let draw = 0; draw < 400; draw++) {
        // Without putting back, as a sample of customers is.
        let left = truth;
        let hits = 0;
        for (let i = 0; i < 1000; i++) {
          if (random() * (20_000 - i) >= left) continue;
          hits++;
          left--;
        }
        const answer = estimated(hits, 1000, 20_000);
        if (!answer.exact && answer.low <= truth && truth <= answer.high) inside++;
      }
      expect(inside / 400, `share ${share}`).toBeGreaterThan(0.92);
    }
  });

  test('is always in order: low, count, high', () => {
    fc.assert(
      fc.property(fc.nat(2000), fc.nat(2000), fc.nat(1_000_000), (a, b, more) => {
        const sampled = Math.max(a, b);
        const answer = estimated(Math.min(a, b), sampled, sampled + more);
        if (answer.exact) return;
        expect(answer.low).toBeLessThanOrEqual(answer.count);
        expect(answer.count).toBeLessThanOrEqual(answer.high);
      }),
    );
  });
});
