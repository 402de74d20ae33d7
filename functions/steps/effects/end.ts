import type { Planner } from './effect.ts';

/** Ends the enrolment; the step's own record does it. */
export const end: Planner<'end'> = ({ outcome, reason }) => ({
  outcome: { type: 'end', outcome: 'done' },
  end: { outcome: outcome === 'exit' ? 'exited' : outcome, reason },
});
