import { causeOf, type Planner } from './effect.ts';

/** Moves the customer to a stage; where she already is, nothing changes. */
export const stage: Planner<'stage'> = (effect, situation) => ({
  outcome: { type: 'stage', outcome: 'done' },
  inputs: [
    {
      type: 'stage',
      stage: effect.stage,
      cause: causeOf(situation),
      by: 'journey',
      depth: situation.enrolment.depth + 1,
    },
  ],
});
