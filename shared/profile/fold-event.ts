import { readKeys, type Seen } from '../rules/index.ts';
import type { CompiledRuleset, Unit } from '../tags/index.ts';
import type { Draft } from './draft.ts';
import type { OpenEvent } from './memory.ts';

/** Told of every unit (of families, with the value) whose memory or traits the event has changed. */
export type Touched = (unit: number, value: string | undefined, counted: boolean) => void;

/** Told when a family has no room for its longest untouched value. */
export type Forgotten = (unit: Unit, value: string) => void;

/** Folds one event into the memories that listen to its name, and into the traits. */
export function foldEvent(
  draft: Draft,
  event: OpenEvent,
  rules: CompiledRuleset,
  touched: Touched,
  forgotten: Forgotten,
): void {
  const route = rules.route(event.name);
  for (const { leaf, units } of route.leaves) {
    const before = draft.mem.get(leaf.slot) ?? undefined;
    const after: unknown = leaf.fold(before, event as Seen);
    if (after === before) continue;
    draft.mem.put(leaf.slot, after ?? null);
    for (const unit of units) touched(unit, undefined, true);
  }
  for (const unit of route.families) foldFamily(draft, event, unit, touched, forgotten);
  if (event.traits !== undefined && event.name === '$identify' && foldTraits(draft, event)) {
    for (const unit of rules.traitUnits) touched(unit, undefined, false);
  }
}

function foldFamily(draft: Draft, event: OpenEvent, unit: Unit, touched: Touched, forgotten: Forgotten): void {
  const { by, bound } = unit.family as NonNullable<Unit['family']>;
  const listKey = valuesKey(unit);
  for (const value of readKeys(event, by)) {
    let changed = false;
    for (const leaf of unit.leaves) {
      const memKey = `${leaf.id}|${value}`;
      const before = draft.fam.get(memKey);
      const after: unknown = leaf.fold(before, event as Seen);
      if (after === before) continue;
      draft.fam.put(memKey, after);
      changed = true;
    }
    if (!changed) continue;
    const values = [...valuesOf(draft, unit).filter((other) => other !== value), value];
    const out = values.length > bound ? values.shift() : undefined;
    draft.fam.put(listKey, values);
    touched(unit.index, value, true);
    if (out === undefined) continue;
    for (const leaf of unit.leaves) draft.fam.put(`${leaf.id}|${out}`, undefined);
    forgotten(unit, out);
  }
}

const valuesKey = (unit: Unit): string => `#${unit.id}`;

/** The values that a family remembers, the longest untouched first. */
export const valuesOf = (draft: Draft, unit: Unit): readonly string[] =>
  (draft.fam.get(valuesKey(unit)) as readonly string[] | undefined) ?? [];

/** Traits are the app's own data; these bounds keep one careless app from filling the record. */
const MAX_TRAITS = 100;
const MAX_TRAIT_CHARS = 2000;

/** The later event wins, trait by trait; null takes a trait away. An event later than the window only fills gaps. */
function foldTraits(draft: Draft, event: OpenEvent): boolean {
  const late = event.at <= draft.base && event.at < draft.last;
  let changed = false;
  for (const [key, value] of Object.entries(event.traits ?? {})) {
    const before = draft.traits.get(key);
    const gone = value === null || value === undefined;
    if (gone ? before === undefined : late && before !== undefined) continue;
    const text = JSON.stringify(value);
    if (!gone && (text.length > MAX_TRAIT_CHARS || text === JSON.stringify(before))) continue;
    if (before === undefined && Object.keys(draft.traits.all()).length >= MAX_TRAITS) continue;
    draft.traits.put(key, gone ? undefined : value);
    changed = true;
  }
  return changed;
}
