import { type Fields, type Place, together } from './fields.ts';
import type { ValueTest } from './operator.ts';
import type { Condition, Pattern } from './pattern.ts';

/** A condition, and where its path's values are found. */
export interface Asked {
  readonly slot: number;
  readonly tests: readonly ValueTest[];
  /** It holds when the path is not there. */
  readonly absent: boolean;
}

/** Does the event hold what the pattern asks for? */
export function matches(pattern: Pattern, event: unknown): boolean {
  const fields = pattern.read(event);
  return pattern.ways.some((way) => holds(ask(way, pattern.slots), fields));
}

export const ask = (way: readonly Condition[], slots: ReadonlyMap<string, number>): Asked[] =>
  way.map(({ path, tests }) => ({
    slot: slots.get(path) as number,
    tests,
    absent: tests.some((test) => test.whenAbsent === true),
  }));

/**
 * Do all conditions hold together? As in AWS's own matcher they are looked at in the order of their paths, values that
 * stand in one array must stand in the same element of it, and a path counts as absent when no value of it stands where
 * the values before it did.
 */
export function holds(way: readonly Asked[], fields: Fields, from = 0, place?: Place): boolean {
  const condition = way[from];
  if (!condition) return true;
  let anywhere = false;
  let triedHere = false;
  for (const field of fields.at(condition.slot)) {
    const joint = together(place, field.place);
    if (joint === null) continue;
    anywhere = true;
    // Another value at the same place would not help the rest.
    if (joint === place && triedHere) continue;
    if (!condition.tests.some((test) => test.matches(field.value))) continue;
    if (holds(way, fields, from + 1, joint)) return true;
    if (joint === place) triedHere = true;
  }
  return condition.absent && !anywhere && holds(way, fields, from + 1, place);
}
