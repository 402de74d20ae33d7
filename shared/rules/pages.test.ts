import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evenPages, layOnPages, type Place, valueAt, withValue } from './pages.ts';

const MOST = 4;
const items = fc
  .array(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1, maxLength: 40 })
  .map((keys) => keys.map((key) => ({ key, page: -1, cell: -1 })));

describe('pages', () => {
  it('have a place of its own for each item, and are never fuller than they may be', () => {
    fc.assert(
      fc.property(items, (list) => {
        const sizes = layOnPages(list, ({ key }) => key, MOST);
        expect(new Set(list.map(({ page, cell }) => `${page} ${cell}`)).size).toBe(list.length);
        expect(sizes.map((_, page) => list.filter((item) => item.page === page).length)).toEqual(sizes);
        expect(Math.max(...sizes)).toBeLessThanOrEqual(MOST);
        for (const together of Map.groupBy(list, ({ key }) => key).values()) {
          if (together.length <= MOST) expect(new Set(together.map(({ page }) => page)).size).toBe(1);
        }
      }),
    );
  });

  it('leave alone what is kept, and share with it what has not changed', () => {
    const writes = fc.array(fc.tuple(fc.nat(), fc.nat(), fc.boolean()), { maxLength: 30 });
    fc.assert(
      fc.property(items, writes, (list, wanted) => {
        const blank = evenPages(
          layOnPages(list, ({ key }) => key, MOST),
          0,
        );
        let [pages, kept] = [blank, blank];
        const told = new Map<Place, number>();
        for (const [which, value, keep] of wanted) {
          const item = list[which % list.length]!;
          const before = JSON.stringify(kept);
          pages = withValue(pages, kept, item, value);
          told.set(item, value);
          expect(JSON.stringify(kept)).toBe(before);
          for (const each of list) expect(valueAt(pages, each)).toBe(told.get(each) ?? 0);
          if (keep) kept = pages;
        }
        const touched = new Set([...told.keys()].map(({ page }) => page));
        for (const [page, cells] of pages.entries()) if (!touched.has(page)) expect(cells).toBe(blank[page]);
      }),
    );
  });
});
