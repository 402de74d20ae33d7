import fc from 'fast-check';
import { expect, it } from 'vitest';
import { CursorUnknown } from '../ports/tables/index.ts';
import { newestFirst, readMark } from './newest-first.ts';

const at = (minute: number) => new Date(Date.parse('2026-03-01T00:00:00.000Z') + minute * 60_000).toISOString();

it('page by page everybody comes exactly once, the newest first, however many came at the same instant', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(5), { maxLength: 30 }), fc.integer({ min: 1, max: 7 }), (minutes, limit) => {
      const all = minutes.map((minute, n) => ({ id: `e-${n}`, enteredAt: at(minute) }));
      const told: typeof all = [];
      let cursor: string | undefined;
      do {
        const page = newestFirst(all, readMark(cursor), limit);
        expect(page.items.length).toBeLessThanOrEqual(limit);
        told.push(...page.items);
        cursor = page.cursor;
      } while (cursor !== undefined);
      expect(told.map(({ id }) => id).sort()).toEqual(all.map(({ id }) => id).sort());
      expect(told.map(({ enteredAt }) => enteredAt)).toEqual(
        all
          .map(({ enteredAt }) => enteredAt)
          .sort()
          .reverse(),
      );
    }),
  );
});

it('who comes in between two pages shifts nothing', () => {
  const old = [3, 2, 1].map((n) => ({ id: `e-${n}`, enteredAt: at(n) }));
  const first = newestFirst(old, undefined, 2);
  const second = newestFirst([{ id: 'new', enteredAt: at(9) }, ...old], readMark(first.cursor), 2);
  expect([first.items, second.items].map((page) => page.map(({ id }) => id))).toEqual([['e-3', 'e-2'], ['e-1']]);
});

it('a cursor that nobody wrote is refused', () => {
  expect(() => readMark('nonsense')).toThrow(CursorUnknown);
  expect(readMark(undefined)).toBeUndefined();
});
