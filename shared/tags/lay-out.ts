import { evenPages, itemsByPage, type Leaf, layOnPages, type Pages, type Place, withValue } from '../rules/index.ts';
import type { CompiledTag, Unit } from './compile-ruleset.ts';

/** What is remembered of a customer of whom nothing is known. */
export interface Blank {
  /**
   * By leaf what it remembers, by unit that time alone may change the moment at which it does (ms; Infinity for never),
   * by level how it is held; undefined where there is none. What hears the same event lies on one page.
   */
  readonly pages: Pages<unknown>;
  /** The earliest moment of each page, and after those of the pages the earliest of each family. */
  readonly soon: readonly number[];
}

export interface Layout {
  /** Those that are not of families, by slot. */
  readonly leaves: readonly Leaf[];
  /** Levels of plain units, in the order of the units. */
  readonly levels: readonly CompiledTag[];
  /** Plain units that time alone may change, by page. */
  readonly timedOn: Pages<Unit>;
  readonly blank: Blank;
}

/** An event copies what it touches and the list of pages: of a hundred rules both are about as long. */
const MOST_TOGETHER = 32;

/**
 * Gives every leaf its slot, and leaves, units and levels their places. Equal leaves of different rules share one; each
 * family has its own, on the one page that it keeps for a value.
 */
export function layOut(units: readonly Unit[]): Layout {
  const families = units.filter(({ family }) => family !== undefined);
  for (const unit of families) {
    const leaves = leavesOf(unit);
    layOnPages(leaves, () => '', Infinity);
    number(unit, leaves);
  }
  const plain = units.filter(({ family }) => family === undefined);
  const leaves = distinct(plain.flatMap(leavesOf));
  const timed = plain.filter((unit) => unit.timed);
  const levels = plain.flatMap((unit) => unit.levels);
  const keys = new Map<Place, string>([
    ...leaves.map((leaf) => [leaf, heard(leaf)] as const),
    ...timed.map((unit) => [unit, heardBy(unit)] as const),
    ...plain.flatMap((unit) => unit.levels.map((level) => [level, heardBy(unit)] as const)),
  ]);
  const sizes = layOnPages([...keys.keys()], (item) => keys.get(item) as string, MOST_TOGETHER);
  for (const unit of plain) number(unit, leaves);
  const nothing = evenPages<unknown>(sizes, undefined);
  return {
    leaves,
    levels,
    timedOn: itemsByPage(timed, sizes.length),
    blank: {
      pages: timed.reduce((pages, unit) => withValue(pages, nothing, unit, Infinity), nothing),
      soon: new Array<number>(sizes.length + families.length).fill(Infinity),
    },
  };
}

const leavesOf = ({ levels }: Unit): readonly Leaf[] => distinct(levels.flatMap(({ check }) => check?.leaves ?? []));

const heard = ({ listens: { names, except } }: Leaf): string => JSON.stringify([names, except]);

const heardBy = ({ leaves: [first] }: Unit): string => (first === undefined ? '' : heard(first));

/** Equal leaves lie where the first one does. */
function number({ levels }: Unit, leaves: readonly Leaf[]): void {
  const slots = new Map(leaves.map((leaf, slot) => [leaf.id, slot]));
  for (const leaf of levels.flatMap(({ check }) => check?.leaves ?? [])) {
    leaf.slot = slots.get(leaf.id) as number;
    const { page, cell } = leaves[leaf.slot] as Leaf;
    leaf.page = page;
    leaf.cell = cell;
  }
}

export const distinct = (leaves: readonly Leaf[]): readonly Leaf[] => [
  ...new Map(leaves.map((leaf) => [leaf.id, leaf])).values(),
];
