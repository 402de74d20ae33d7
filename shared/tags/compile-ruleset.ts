import {
  type CompiledCondition,
  checkedMs,
  compileCondition,
  type Leaf,
  type Measure,
  never,
  type Pages,
  type Place,
  type Sight,
  shortHash,
  splitPath,
} from '../rules/index.ts';
import { planUnits, sortUnits, unitId } from './dependencies.ts';
import { type Keep, keepPaths } from './keep.ts';
import { type Blank, distinct, layOut } from './lay-out.ts';
import type { Ruleset, TagDefinition } from './ruleset.ts';

/** How much of the past is kept open to events that come late; see docs/decisions/0006. */
export interface Limits {
  /** Events may come this late, in any order, without any difference to the tags. ms. */
  readonly latenessMs: number;
  /** At most so many events of one customer are kept open, whatever the time. */
  readonly openEvents: number;
}

export const DEFAULT_LIMITS: Limits = { latenessMs: 2 * 86_400_000, openEvents: 12 };

/** With the place of how a customer holds it, but for families, which have as many tags as values. */
export interface CompiledTag extends Place {
  readonly key: string;
  readonly definition: TagDefinition;
  readonly check: CompiledCondition | undefined;
  readonly ttlMs: number | undefined;
  readonly sticky: boolean;
}

export interface Family {
  readonly by: readonly string[];
  readonly bound: number;
  /** What stands between the levels of a value; each level is a value of its own. */
  readonly split?: string;
  /** Its place among the families. */
  readonly place: number;
  /** Made of all its leaves: the same for the same rule, across versions of the ruleset. */
  readonly id: string;
}

/** Tags that change in one atomic step: the levels of an exclusive group (low to high), or one tag alone. */
export interface Unit extends Place {
  readonly index: number;
  readonly id: string;
  readonly levels: readonly CompiledTag[];
  /** A family's rule is kept for each value of this property. */
  readonly family?: Family;
  readonly leaves: readonly Leaf[];
  /** Time alone may change it. */
  readonly timed: boolean;
  /** The one rule of a unit that is nothing but that: a tag alone, neither sticky nor for a time, without a value. */
  readonly simple: CompiledCondition | undefined;
  /** A tag may carry a value, which may move while it is held. */
  readonly findsValue: boolean;
  /** Units, all further on, whose rules look at these tags. */
  readonly dependents: readonly number[];
}

/** A unit with those of its levels, a bit for each, that a leaf is of. */
export interface Heard {
  readonly unit: Unit;
  readonly levels: number;
}

/** All that an event of one name concerns. */
export interface Route {
  readonly leaves: readonly {
    readonly leaf: Leaf;
    readonly heard: readonly Heard[];
    /** Those with a time to live, which an event confirms though it changes nothing. */
    readonly renewed: readonly Heard[];
  }[];
  readonly families: readonly { readonly unit: Unit; readonly leaves: readonly Leaf[] }[];
  /** What of the event's content the rules read; absent: nothing. */
  readonly keep: { readonly [root in 'properties' | 'context' | 'traits']?: Keep };
}

/** What counts as a tag to who asks for it: itself, and all under `key:`. */
export interface Under {
  /** Those of plain units. */
  readonly levels: readonly CompiledTag[];
  /** How others begin. */
  readonly prefix: string;
}

export interface CompiledRuleset {
  readonly ruleset: Ruleset;
  readonly version: number;
  readonly zone: string;
  readonly limits: Limits;
  /** Each after those that it looks at. */
  readonly units: readonly Unit[];
  readonly route: (eventName: string) => Route;
  /** Units whose rules look at traits. */
  readonly traitUnits: readonly Unit[];
  /** Units whose tags hold, or may come by time alone, of a customer of whom nothing is known. */
  readonly eagerUnits: readonly Unit[];
  readonly families: readonly Unit[];
  /** Units, not of families, that time alone may change, by page. */
  readonly timedOn: Pages<Unit>;
  readonly under: (key: string) => Under;
  /** The unit of a tag key, with the value where the key is of a family. */
  readonly unitOf: (key: string) => { readonly unit: Unit; readonly value?: string } | undefined;
  /** Values by which customers are compared, each once. */
  readonly measures: readonly Measure[];
  /** The leaves that are not of families, by slot. */
  readonly leaves: readonly Leaf[];
  /** Tags, not of families, in the order of their units. */
  readonly levels: readonly CompiledTag[];
  readonly blank: Blank;
}

/**
 * Prepares a ruleset for advance(): rules indexed by event name, so that an event costs what listens to it, and units
 * in the order of their dependencies. Costs some milliseconds; the caller keeps it by version.
 *
 * @throws Error when the ruleset has a cycle; parseRuleset() has refused such ones.
 */
export function compileRuleset(ruleset: Ruleset, limits: Limits = DEFAULT_LIMITS): CompiledRuleset {
  const sorted = sortUnits(planUnits(ruleset));
  if (!sorted.ok) throw new Error(`Tags depend on each other: ${sorted.cycle.join(' → ')}`);
  const plans = sorted.units;
  let families = 0;
  const units = plans.map((plan, index): Unit => {
    const levels = plan.tags.map((tag) => compileTag(tag, ruleset.zone));
    const family = plan.tags[0]?.family;
    const leaves = distinct(levels.flatMap((level) => level.check?.leaves ?? []));
    const ids = leaves.map(({ id }) => id).join();
    return {
      index,
      page: -1,
      cell: -1,
      id: plan.id,
      levels,
      ...(family
        ? {
            family: {
              by: splitPath(family.by),
              bound: family.bound,
              ...(family.split !== undefined && { split: family.split }),
              place: families++,
              id: shortHash(ids),
            },
          }
        : {}),
      leaves,
      timed: levels.some(({ check, ttlMs }) => ttlMs !== undefined || (check !== undefined && check.next !== never)),
      simple: simpleCheck(levels),
      findsValue: levels.some(({ check }) => check?.findsValue),
      dependents: plans.flatMap((other, i) => (other.after.includes(plan.id) ? [i] : [])),
    };
  });
  const { leaves, levels, timedOn, blank } = layOut(units);
  const unknown: Sight = { at: 0, traits: {}, hasTag: () => false, mem: blank.pages };
  const routes = new Map<string, Route>();
  const byKey = new Map(units.flatMap((unit) => unit.levels.map((level) => [level.key, unit] as const)));
  const underKey = new Map<string, Under>();
  return {
    ruleset,
    version: ruleset.version,
    zone: ruleset.zone,
    limits,
    units,
    route: (name) => {
      const known = routes.get(name);
      if (known !== undefined) return known;
      const route = makeRoute(name, units);
      // Names come from outside; a flood of new ones must not fill the memory.
      if (routes.size < 5000) routes.set(name, route);
      return route;
    },
    traitUnits: units.flatMap((unit) =>
      unit.levels.some(({ check }) => check && check.traits.length > 0) ? [unit] : [],
    ),
    eagerUnits: units.filter((unit) => isEager(unit, unknown)),
    families: units.filter((unit) => unit.family !== undefined),
    timedOn,
    under: (asked) => {
      const known = underKey.get(asked);
      if (known !== undefined) return known;
      const prefix = `${asked}:`;
      const found = { levels: levels.filter(({ key }) => key === asked || key.startsWith(prefix)), prefix };
      underKey.set(asked, found);
      return found;
    },
    unitOf: (key) => find(key, byKey),
    measures: measuresOf(units),
    leaves,
    levels,
    blank,
  };
}

/** Without memory and traits no answer depends on the time, so any instant will do to ask. */
const isEager = (unit: Unit, unknown: Sight): boolean =>
  unit.family === undefined &&
  unit.levels.some(({ check }) => check && (check.holds(unknown) || check.next(unknown) < Infinity));

const simpleCheck = ([only, another]: readonly CompiledTag[]): CompiledCondition | undefined =>
  only === undefined || another !== undefined || only.sticky || only.ttlMs !== undefined || only.check?.findsValue
    ? undefined
    : only.check;

function compileTag(definition: TagDefinition, zone: string): CompiledTag {
  const { key, when, family, ttl, sticky = false } = definition;
  const scope = family
    ? `${unitId(definition)}|${family.by}${family.split === undefined ? '' : `|${family.split}`}`
    : '';
  return {
    page: -1,
    cell: -1,
    key,
    definition,
    check: when && compileCondition(when, scope, zone),
    ttlMs: ttl === undefined ? undefined : checkedMs(ttl),
    sticky,
  };
}

const measuresOf = (units: readonly Unit[]): readonly Measure[] => [
  ...new Map(
    units
      .flatMap(({ levels }) => levels.flatMap(({ check }) => check?.measures ?? []))
      .map((measure) => [measure.id, measure]),
  ).values(),
];

/** A group has at most 20 levels. */
const levelsWith = ({ id }: Leaf, { levels }: Unit): number =>
  levels.reduce((bits, { check }, i) => (check?.leaves.some((leaf) => leaf.id === id) ? bits | (1 << i) : bits), 0);

/** Has tags with a time to live. */
export const isRenewed = (unit: Unit): boolean => unit.levels.some(({ ttlMs }) => ttlMs !== undefined);

function makeRoute(name: string, units: readonly Unit[]): Route {
  const hears = ({ listens }: Leaf): boolean =>
    (listens.names === '*' || listens.names.includes(name)) && !listens.except.includes(name);
  const plain = units.filter((unit) => unit.family === undefined);
  const leaves = distinct(plain.flatMap((unit) => unit.leaves.filter(hears)));
  const families = units
    .filter((unit) => unit.family !== undefined)
    .map((unit) => ({ unit, leaves: unit.leaves.filter(hears) }))
    .filter((family) => family.leaves.length > 0);
  return {
    leaves: leaves.map((leaf) => {
      const heard = plain.flatMap((unit) => {
        const levels = levelsWith(leaf, unit);
        return levels === 0 ? [] : [{ unit, levels }];
      });
      return { leaf, heard, renewed: heard.filter(({ unit }) => isRenewed(unit)) };
    }),
    families,
    keep: Object.fromEntries(
      keepPaths([
        ...leaves.flatMap((leaf) => leaf.paths.map(splitPath)),
        ...families.flatMap(({ unit, leaves }) => [
          unit.family?.by ?? [],
          ...leaves.flatMap((leaf) => leaf.paths.map(splitPath)),
        ]),
      ]).map(({ segment, below }) => [segment, below]),
    ),
  };
}

function find(key: string, units: ReadonlyMap<string, Unit>): { unit: Unit; value?: string } | undefined {
  const exact = units.get(key);
  if (exact !== undefined) return exact.family === undefined ? { unit: exact } : undefined;
  for (let colon = key.indexOf(':'); colon > 0; colon = key.indexOf(':', colon + 1)) {
    const unit = units.get(key.slice(0, colon));
    if (unit?.family !== undefined) return { unit, value: key.slice(colon + 1) };
  }
  return undefined;
}
