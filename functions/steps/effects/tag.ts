import { causeOf, type Planner } from './effect.ts';

/** A tag given or taken by a journey; adding what is there changes nothing, so a retry is harmless. */
export const tag: Planner<'tag'> = ({ op, key }, situation) => ({
  outcome: { type: 'tag', outcome: 'done' },
  inputs: [{ type: 'tag', op, key, cause: causeOf(situation), by: 'journey', depth: situation.enrolment.depth + 1 }],
});
