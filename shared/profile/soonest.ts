import { type Pages, valueAt } from '../rules/index.ts';
import type { CompiledRuleset, Unit } from '../tags/index.ts';
import type { FamilyValue } from './memory.ts';

/** When time first changes one of the plain units on a page; Infinity for never. */
export function soonestOfPage(pages: Pages<unknown>, page: number, rules: CompiledRuleset): number {
  const units = rules.timedOn[page] as readonly Unit[];
  let soonest = Infinity;
  for (let i = 0; i < units.length; i++) {
    const due = valueAt(pages, units[i] as Unit) as number;
    if (due < soonest) soonest = due;
  }
  return soonest;
}

/** The same of the values of a family. */
export function soonestOfFamily(values: readonly FamilyValue[]): number {
  let soonest = Infinity;
  for (let i = 0; i < values.length; i++) if (values[i]!.due < soonest) soonest = values[i]!.due;
  return soonest;
}
