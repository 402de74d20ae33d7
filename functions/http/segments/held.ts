import type { TagHeld } from '../../../shared/profile/index.ts';
import { sentence } from '../../../shared/rules/index.ts';
import { belongsTo, namesIn, type Ruleset } from '../../../shared/tags/index.ts';

/** The segments a customer is in, named, with the condition in words; `belongs`: the one of its family that counts. */
export function segmentsHeld(held: Readonly<Record<string, TagHeld>>, ruleset: Ruleset) {
  const hers = (ruleset.segmentFamilies ?? []).map((family) => belongsTo(family, (id) => id in held));
  const names = namesIn(ruleset);
  return (ruleset.segments ?? [])
    .filter(({ id }) => id in held)
    .map(({ id, name, goal, when }) => {
      const { since, rule, evidence } = held[id]!;
      return { id, name, goal, since, rule, evidence, why: sentence(when, names), belongs: hers.includes(id) };
    });
}
