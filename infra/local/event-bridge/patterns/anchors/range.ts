import type { Anchor, AnchorIndex, AnchorKind } from './anchor.ts';

/** Where a range ends; `open`: that number itself is not in it. */
export interface Bound {
  readonly at: number;
  readonly open: boolean;
}

type Range = readonly [from: Bound, to: Bound];

/**
 * Numbers within bounds. The number line is cut at all bounds; each bound and each piece between two knows what covers it,
 * so a number is looked up by halving however many ranges there are.
 */
const RANGE: AnchorKind = {
  name: 'range',
  open<T extends object>(): AnchorIndex<T> {
    const filed: { range: Range; thing: T }[] = [];
    let cuts: number[] | undefined;
    /** By place: see placeOf. */
    let cover: T[][] = [];

    function cut(): number[] {
      const bounds = filed.flatMap(({ range }) => range.map(({ at }) => at)).filter(Number.isFinite);
      const at = [...new Set(bounds)].sort((a, b) => a - b);
      cover = Array.from({ length: 2 * at.length + 1 }, () => []);
      for (const { range, thing } of filed) {
        const [from, to] = range;
        const last = placeOf(to.at, at) - (to.open ? 1 : 0);
        for (let place = placeOf(from.at, at) + (from.open ? 1 : 0); place <= last; place++) cover[place]?.push(thing);
      }
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

export const between = (from: Bound, to: Bound): Anchor => ({
  kind: RANGE,
  key: [from, to],
  place: `${from.open ? '>' : ''}${from.at} ${to.open ? '<' : ''}${to.at}`,
});
