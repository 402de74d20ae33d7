import type { CompiledRuleset, Unit } from './compile-ruleset.ts';

/**
 * The units (by index in `after`) that say the same as before: the same rules at the same levels, looking at tags of
 * which that is true as well, in the same zone. Names, categories and purposes do not count.
 */
export function unchangedUnits(before: CompiledRuleset, after: CompiledRuleset): ReadonlySet<number> {
  if (before.zone !== after.zone) return new Set();
  const known = new Map(before.units.map((unit) => [unit.id, meaning(unit)]));
  const stayed = new Set(after.units.flatMap((unit) => (known.get(unit.id) === meaning(unit) ? [unit.index] : [])));
  // Units come after those that they look at, so one pass is enough.
  for (const unit of after.units) {
    if (!stayed.has(unit.index)) for (const dependent of unit.dependents) stayed.delete(dependent);
  }
  return stayed;
}

const meaning = ({ levels }: Unit): string =>
  JSON.stringify(
    levels.map(({ definition: { key, when, sticky, manual, ttl, family } }) => [
      key,
      when,
      sticky,
      manual,
      ttl,
      family?.by,
      family?.bound,
    ]),
  );
