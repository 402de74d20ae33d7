import type { Anchor, AnchorIndex, AnchorKind } from './anchor.ts';

type Range = readonly [from: number, to: number];

/**
 * Numbers within bounds, the bounds included. The number line is cut at all bounds; each piece knows what covers it, so a
 * number is looked up by halving however many ranges there are.
 */
const RANGE: AnchorKind = {
  name: 'range',
  open<T>(): AnchorIndex<T> {
    const filed: { range: Range; thing: T }[] = [];
    let cuts: number[] | undefined;
    /** What covers the cut n (even places: 2n) and the piece after it (2n + 1); 0 … is what lies before the first cut. */
    let cover: T[][] = [];

    function cut(): number[] {
      const bounds = filed.flatMap(({ range }) => range).filter(Number.isFinite);
      const at = [...new Set(bounds)].sort((a, b) => a - b);
      cover = Array.from({ length: 2 * at.length + 1 }, () => []);
      for (const { range, thing } of filed)
        for (let place = placeOf(range[0], at); place <= placeOf(range[1], at); place++) cover[place]?.push(thing);
      return at;
    }

    return {
      file(key, thing) {
        filed.push({ range: key as Range, thing });
        cuts = undefined;
      },
      find(value, tell) {
        if (typeof value !== 'number') return;
        cuts ??= cut();
        for (const thing of cover[placeOf(value, cuts)] ?? []) tell(thing);
      },
    };
  },
};

/** 2n + 1 for the cut n itself, 2n for what lies before it. */
function placeOf(value: number, cuts: readonly number[]): number {
  let low = 0;
  let high = cuts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((cuts[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return cuts[low] === value ? 2 * low + 1 : 2 * low;
}

export const between = (from: number, to: number): Anchor => ({ kind: RANGE, key: [from, to], place: `${from} ${to}` });
