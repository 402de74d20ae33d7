import type { Stop } from './stop.ts';

/** A goal or exit may have come while the step was on its way. */
export const journeyEnded: Stop = {
  name: 'journey-ended',
  check: (facts) =>
    facts.enrolment.status === 'active'
      ? undefined
      : { hold: 'journey-ended', words: { zh: '旅程已经结束', en: 'the journey has ended for this customer' } },
};
