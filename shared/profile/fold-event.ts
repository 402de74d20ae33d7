import { type Leaf, readKeys, type Seen, valueAt, withoutRoom } from '../rules/index.ts';
import {
  type CompiledRuleset,
  type Family,
  familyLevels,
  type Heard,
  isRenewed,
  type Route,
  type Unit,
} from '../tags/index.ts';
import type { Draft } from './draft.ts';
import { type FamilyValue, type OpenEvent, valueIn } from './memory.ts';

/** Told of what the event changes, while it is folded. */
export interface Watcher {
  /**
   * A unit (of families, with the value) whose memory or traits have changed; `counted` has a bit for each level whose
   * rule the event counts for.
   */
  readonly touch: (unit: Unit, value: string | undefined, counted: number) => void;
  /** A family has no room for a value that was untouched the longest. */
  readonly forget: (unit: Unit, value: string) => void;
}

/** Folds one event into the memories that listen to its name, and into the traits. */
export function foldEvent(draft: Draft, event: OpenEvent, rules: CompiledRuleset, watcher: Watcher): void {
  const route = rules.route(event.name);
  const { leaves, families } = route;
  for (let i = 0; i < leaves.length; i++) {
    const { leaf, heard, renewed } = leaves[i] as Route['leaves'][number];
    const before = valueAt(draft.pages, leaf);
    const after: unknown = leaf.fold(before, event as Seen);
    let told = heard;
    if (after !== before) draft.put(leaf, after);
    else if (renewed.length > 0 && leaf.counts?.(event as Seen)) told = renewed;
    else continue;
    for (let j = 0; j < told.length; j++) {
      const { unit, levels } = told[j] as Heard;
      watcher.touch(unit, undefined, levels);
    }
  }
  for (let i = 0; i < families.length; i++) {
    const family = families[i] as Route['families'][number];
    foldFamily(draft, event, family.unit, family.leaves, watcher);
  }
  if (event.traits !== undefined && event.name === '$identify' && foldTraits(draft, event)) {
    for (const unit of rules.traitUnits) {
      if (unit.family === undefined) watcher.touch(unit, undefined, 0);
      else for (const { value } of draft.valuesOf(unit)) watcher.touch(unit, value, 0);
    }
  }
}

function foldFamily(draft: Draft, event: OpenEvent, unit: Unit, leaves: readonly Leaf[], watcher: Watcher): void {
  const { by, bound, split } = unit.family as Family;
  const levels = familyLevels(readKeys(event, by), split);
  for (let l = 0; l < levels.length; l++) {
    const value = levels[l] as string;
    const known = draft.valuesOf(unit);
    const before = valueIn(known, value);
    const mem = before === undefined ? new Array<unknown>(unit.leaves.length).fill(undefined) : before.mem.slice();
    let changed = false;
    let counted = false;
    for (let i = 0; i < leaves.length; i++) {
      const leaf = leaves[i] as Leaf;
      const after: unknown = leaf.fold(mem[leaf.slot], event as Seen);
      if (after === mem[leaf.slot]) {
        counted ||= leaf.counts?.(event as Seen) === true;
        continue;
      }
      mem[leaf.slot] = after;
      changed = true;
    }
    if (!(changed || counted)) continue;
    const values = touchedLast(known, before, { value, mem, due: before?.due ?? Infinity });
    const room = before === undefined ? withoutRoom(namesOf(values), bound) : 0;
    draft.putValues(unit, room === 0 ? values : values.slice(room));
    if (changed || isRenewed(unit)) watcher.touch(unit, value, 1);
    for (let i = 0; i < room; i++) watcher.forget(unit, values[i]!.value);
  }
}

const namesOf = (values: readonly FamilyValue[]): readonly string[] => values.map(({ value }) => value);

/** The values with one in the place of what it was before, and as the last. */
function touchedLast(
  known: readonly FamilyValue[],
  before: FamilyValue | undefined,
  now: FamilyValue,
): readonly FamilyValue[] {
  const values = new Array<FamilyValue>(before === undefined ? known.length + 1 : known.length);
  let count = 0;
  for (let i = 0; i < known.length; i++) if (known[i] !== before) values[count++] = known[i] as FamilyValue;
  values[count] = now;
  return values;
}

/** Traits are the app's own data; these bounds keep one careless app from filling the record. */
const MAX_TRAITS = 100;
const MAX_TRAIT_CHARS = 2000;

/** The later event wins, trait by trait; null takes a trait away. An event later than the window only fills gaps. */
function foldTraits(draft: Draft, event: OpenEvent): boolean {
  const late = event.at < draft.last;
  let changed = false;
  for (const [key, value] of Object.entries(event.traits ?? {})) {
    const before = draft.traits[key];
    const gone = value === null || value === undefined;
    if (gone ? before === undefined : late && before !== undefined) continue;
    const text = JSON.stringify(value);
    if (!gone && (text.length > MAX_TRAIT_CHARS || text === JSON.stringify(before))) continue;
    if (before === undefined && Object.keys(draft.traits).length >= MAX_TRAITS) continue;
    draft.putTrait(key, gone ? undefined : value);
    changed = true;
  }
  return changed;
}
