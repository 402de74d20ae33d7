import { describe, expect, it } from 'vitest';
import { JavaRandom } from './java-random.ts';

describe("Java's generator", () => {
  it('gives what Java documents or is known to give for a seed', () => {
    // The first draws of new Random(42): known from many programs.
    expect(new JavaRandom(42).double()).toBe(0.7275636800328681);
    const tens = new JavaRandom(42);
    expect(Array.from({ length: 10 }, () => tens.below(10))).toEqual([0, 3, 8, 4, 0, 5, 5, 8, 9, 3]);
    expect(new JavaRandom(0).below(100)).toBe(60);
  });

  it('stays in its bounds, whatever the seed', () => {
    for (const seed of [0, -1, 7, 2 ** 31, -(2 ** 40), 12345678901234]) {
      const random = new JavaRandom(seed);
      for (const bound of [1, 2, 3, 64, 1000, 2 ** 31 - 1]) {
        const value = random.below(bound);
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThan(bound);
      }
      expect(random.double()).toBeLessThan(1);
    }
  });
});
