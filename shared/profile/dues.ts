import { valueAt, withValue } from '../rules/index.ts';
import type { CompiledRuleset, Unit } from '../tags/index.ts';
import { Draft } from './draft.ts';
import { winnerOf } from './held.ts';
import type { Snapshot } from './memory.ts';
import { soonestOfFamily, soonestOfPage } from './soonest.ts';
import { UnitView } from './unit-outcome.ts';

/**
 * A snapshot with the moments at which time changes its units. They follow from all the rest, so they are not written:
 * between its evaluation and now nothing has changed a unit, else its moment would have come.
 *
 * @param from ms; earlier moments are left out: they would have come if their rules had been there
 */
export function withDues(rules: CompiledRuleset, rest: Omit<Snapshot, 'soon' | 'soonest'>, from = -Infinity): Snapshot {
  const idle = rest.last === -Infinity || from === Infinity;
  const view = new UnitView(new Draft({ ...rest, soon: rules.blank.soon, soonest: Infinity }, rules));
  const dueOf = (unit: Unit, value: string | undefined): number => {
    if (idle) return Infinity;
    view.look(unit, value);
    const due = view.due(rest.last, levelOf(rest, unit, value));
    return due < from ? Infinity : due;
  };
  let { pages } = rest;
  for (const unit of rules.timedOn.flat()) {
    const due = dueOf(unit, undefined);
    if (valueAt(pages, unit) !== due) pages = withValue(pages, rest.pages, unit, due);
  }
  const families = rest.families.map((values, place) =>
    values.map((each) => ({ ...each, due: dueOf(rules.families[place] as Unit, each.value) })),
  );
  const soon = [...pages.map((_, page) => soonestOfPage(pages, page, rules)), ...families.map(soonestOfFamily)];
  return { ...rest, pages, families, soon, soonest: Math.min(Infinity, ...soon) };
}

const levelOf = (rest: Pick<Snapshot, 'pages' | 'others'>, unit: Unit, value: string | undefined): number =>
  value === undefined
    ? winnerOf(rest.pages, unit)
    : unit.levels.findIndex(({ key }) => rest.others[`${key}:${value}`] !== undefined);
