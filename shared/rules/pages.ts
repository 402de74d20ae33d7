/**
 * Many values of which an event changes few, in pages: what is copied, and what older states and newer ones do not
 * share, is a page and not all. Values that change together lie on one page.
 */
export type Pages<T> = readonly (readonly T[])[];

/** Where a value lies; given by the ruleset that it is compiled into. */
export interface Place {
  page: number;
  cell: number;
}

/**
 * Lays items on pages of at most so many, those of one key together.
 *
 * @returns how many lie on each page
 */
export function layOnPages<P extends Place>(
  items: readonly P[],
  keyOf: (item: P) => string,
  most: number,
): readonly number[] {
  const sizes: number[] = [];
  for (const together of Map.groupBy(items, keyOf).values()) {
    // Those of one key begin a page rather than be parted, where one is enough for them.
    if (sizes.length === 0 || (sizes.at(-1) as number) + together.length > most) sizes.push(0);
    for (const item of together) {
      if (sizes.at(-1) === most) sizes.push(0);
      item.page = sizes.length - 1;
      item.cell = sizes[item.page] as number;
      sizes[item.page] = item.cell + 1;
    }
  }
  return sizes;
}

/** By page, those of these items that lie on it. */
export function itemsByPage<P extends Readonly<Place>>(items: readonly P[], pages: number): Pages<P> {
  const byPage = Map.groupBy(items, ({ page }) => page);
  return Array.from({ length: pages }, (_, page) => byPage.get(page) ?? []);
}

/** Every value the same. */
export const evenPages = <T>(sizes: readonly number[], value: T): Pages<T> =>
  sizes.map((size) => new Array<T>(size).fill(value));

export const valueAt = <T>(pages: Pages<T>, { page, cell }: Readonly<Place>): T =>
  (pages[page] as readonly T[])[cell] as T;

/** @param kept pages that must stay as they are; whatever of `pages` is not theirs is changed in place */
export function withValue<T>(pages: Pages<T>, kept: Pages<T>, { page, cell }: Readonly<Place>, value: T): Pages<T> {
  const own = (pages === kept ? pages.slice() : pages) as T[][];
  if (own[page] === kept[page]) own[page] = own[page]!.slice();
  own[page]![cell] = value;
  return own;
}
