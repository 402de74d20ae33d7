import { evenPages, type Leaf, layOnPages, type Pages } from '../rules/index.ts';
import type { CompiledTag, Unit } from './compile-ruleset.ts';

/** What is remembered of a customer of whom nothing is known. */
export interface Blank {
  /** By leaf: what it remembers. */
  readonly mem: Pages<unknown>;
  /** By unit: when time changes it next, ms; Infinity for never. */
  readonly due: Pages<number>;
  /** By level: how it is held; undefined where it is not. */
  readonly held: Pages<undefined>;
}

export interface Layout {
  /** Those that are not of families, by slot. */
  readonly leaves: readonly Leaf[];
  readonly blank: Blank;
}

/** An event touches what hears it: so that lies together. */
const MOST_TOGETHER = 16;

/**
 * Gives every leaf its slot, and leaves and units their places. Equal leaves of different rules share one; each family
 * has its own, on the one page that it keeps for a value.
 */
export function layOut(units: readonly Unit[]): Layout {
  for (const { family, levels } of units) if (family !== undefined) number(leavesOf(levels), () => '', Infinity);
  const plain = units.filter(({ family }) => family === undefined);
  const { leaves, sizes } = number(
    plain.flatMap(({ levels }) => leavesOf(levels)),
    heard,
    MOST_TOGETHER,
  );
  const heardBy = ({ leaves: [first] }: Unit): string => (first === undefined ? '' : heard(first));
  const unitSizes = layOnPages(units, heardBy, MOST_TOGETHER);
  const keys = new Map(plain.flatMap((unit) => unit.levels.map((level) => [level, heardBy(unit)] as const)));
  const levelSizes = layOnPages<CompiledTag>([...keys.keys()], (level) => keys.get(level) as string, MOST_TOGETHER);
  return {
    leaves,
    blank: {
      mem: evenPages<unknown>(sizes, undefined),
      due: evenPages(unitSizes, Infinity),
      held: evenPages(levelSizes, undefined),
    },
  };
}

const leavesOf = (levels: Unit['levels']): readonly Leaf[] => levels.flatMap(({ check }) => check?.leaves ?? []);

const heard = ({ listens: { names, except } }: Leaf): string => JSON.stringify([names, except]);

function number(all: readonly Leaf[], keyOf: (leaf: Leaf) => string, most: number) {
  const leaves = distinct(all);
  const sizes = layOnPages(leaves, keyOf, most);
  const slots = new Map(leaves.map((leaf, slot) => [leaf.id, slot]));
  for (const leaf of all) {
    leaf.slot = slots.get(leaf.id) as number;
    const { page, cell } = leaves[leaf.slot] as Leaf;
    leaf.page = page;
    leaf.cell = cell;
  }
  return { leaves, sizes };
}

export const distinct = (leaves: readonly Leaf[]): readonly Leaf[] => [
  ...new Map(leaves.map((leaf) => [leaf.id, leaf])).values(),
];
