import { compileCondition } from '../rules/index.ts';
import { ruleTags } from './inference.ts';
import type { Ruleset, TagDefinition } from './ruleset.ts';
import { definitionsOf } from './segments.ts';

/** Tags that change in one step: an exclusive group, or one tag alone. */
export interface UnitPlan {
  readonly id: string;
  /** Low to high. */
  readonly tags: readonly TagDefinition[];
  /** Units whose tags its rules look at. */
  readonly after: readonly string[];
}

export const unitId = (tag: TagDefinition): string => (tag.group === undefined ? tag.key : `@${tag.group}`);

/** Its tags are its key with a value: `浏览:cream-01`. */
export const takesValues = (tag: TagDefinition): boolean => tag.family !== undefined || tag.infer !== undefined;

/** The tag that a key in a condition means: itself, or for `浏览:cream-01` the family `浏览`. */
export function ownerOf(key: string, tags: ReadonlyMap<string, TagDefinition>): TagDefinition | undefined {
  const exact = tags.get(key);
  if (exact !== undefined) return exact;
  for (let colon = key.indexOf(':'); colon > 0; colon = key.indexOf(':', colon + 1)) {
    const family = tags.get(key.slice(0, colon));
    if (family !== undefined && takesValues(family)) return family;
  }
  return undefined;
}

/** The units of a ruleset whose tags and groups fit together, in the order in which they are written. */
export function planUnits(ruleset: Ruleset): readonly UnitPlan[] {
  const definitions = definitionsOf(ruleset);
  const written = new Map(definitions.map((tag) => [tag.key, tag]));
  const all = ruleTags(definitions);
  const tags = new Map(all.map((tag) => [tag.key, tag]));
  const levels = new Map(ruleset.groups.map((group) => [`@${group.id}`, group.levels]));
  const members = Map.groupBy(all, unitId);
  const meant = (key: string): readonly TagDefinition[] => {
    const owner = tags.get(key) ?? ownerOf(key, written);
    return owner?.infer === undefined ? (owner === undefined ? [] : [owner]) : ruleTags([owner]);
  };
  return [...members].map(([id, list]) => {
    const order = levels.get(id);
    const sorted = order === undefined ? list : order.flatMap((key) => tags.get(key) ?? []);
    const looked = sorted.flatMap((tag) => (tag.when === undefined ? [] : compileCondition(tag.when).tags));
    const after = new Set(looked.flatMap(meant).map(unitId));
    return { id, tags: sorted, after: [...after] };
  });
}

export type Sorted =
  | { readonly ok: true; readonly units: readonly UnitPlan[] }
  /** The ids of units that wait for each other, in a circle. */
  | { readonly ok: false; readonly cycle: readonly string[] };

/** Puts every unit after those that it looks at. */
export function sortUnits(units: readonly UnitPlan[]): Sorted {
  const byId = new Map(units.map((unit) => [unit.id, unit]));
  const done = new Map<string, UnitPlan>();
  const path: string[] = [];
  const visit = (unit: UnitPlan): readonly string[] | undefined => {
    if (done.has(unit.id)) return undefined;
    const start = path.indexOf(unit.id);
    if (start >= 0) return path.slice(start);
    path.push(unit.id);
    for (const id of unit.after) {
      const next = byId.get(id);
      const cycle = next && visit(next);
      if (cycle !== undefined) return cycle;
    }
    path.pop();
    done.set(unit.id, unit);
    return undefined;
  };
  for (const unit of units) {
    const cycle = visit(unit);
    if (cycle !== undefined) return { ok: false, cycle };
  }
  return { ok: true, units: [...done.values()] };
}
