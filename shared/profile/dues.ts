import { withValue } from '../rules/index.ts';
import type { CompiledRuleset, Unit } from '../tags/index.ts';
import { Draft, soonestOf } from './draft.ts';
import { winnerOf } from './held.ts';
import type { Snapshot } from './memory.ts';
import { UnitView } from './unit-outcome.ts';

/**
 * A snapshot with the moments at which time changes its units. They follow from all the rest, so they are not written:
 * between its evaluation and now nothing has changed a unit, else its moment would have come.
 *
 * @param from ms; earlier moments are left out: they would have come if their rules had been there
 */
export function withDues(rules: CompiledRuleset, rest: Omit<Snapshot, 'due' | 'soonest'>, from = -Infinity): Snapshot {
  const never: Snapshot = { ...rest, due: rules.blank.due, soonest: Infinity };
  if (rest.last === -Infinity || from === Infinity) return never;
  const view = new UnitView(new Draft(never), rules);
  const dueOf = (unit: Unit, value: string | undefined): number => {
    view.look(unit, value);
    const due = view.due(rest.last, levelOf(rest, unit, value));
    return due < from ? Infinity : due;
  };
  let { due } = never;
  for (const unit of rules.timedUnits) due = withValue(due, never.due, unit, dueOf(unit, undefined));
  const families = rest.families.map((values, place) =>
    values.map((each) => ({ ...each, due: dueOf(rules.families[place] as Unit, each.value) })),
  );
  return { ...rest, due, families, soonest: soonestOf(due, families) };
}

const levelOf = (rest: Pick<Snapshot, 'held' | 'others'>, unit: Unit, value: string | undefined): number =>
  value === undefined
    ? winnerOf(rest, unit)
    : unit.levels.findIndex(({ key }) => rest.others[`${key}:${value}`] !== undefined);
