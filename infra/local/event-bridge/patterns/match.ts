import type { Asked } from './asked.ts';
import { type Fields, type Place, together } from './fields.ts';
import type { Pattern } from './pattern.ts';

/** Does the event hold what the pattern asks for? */
export function matches(pattern: Pattern, event: unknown): boolean {
  const fields = pattern.read(event);
  return pattern.asked.some((way) => holds(way, fields));
}

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
