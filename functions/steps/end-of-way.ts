import { END_NODE, type Failure, type StepAnswer } from '../../shared/compiler/index.ts';
import { now } from '../ports/clock/index.ts';
import { enrolmentParts, enrolmentsOf, record, reopen } from '../ports/enrolments/index.ts';
import { Ended, Failed } from './ended.ts';
import type { Payload } from './payload.ts';

const placeOf = ({ customer, journey, enrolment }: Payload) => ({
  customer,
  journey,
  n: enrolmentParts(enrolment)?.n ?? 0,
});
const ANSWER: StepAnswer = { outlet: END_NODE };

/** The way simply ends: she has completed the journey. */
export async function completed(payload: Payload, end: NonNullable<Payload['end']>): Promise<StepAnswer> {
  const step = { passed: payload.trail, at: null, end: { ...end, at: now() } };
  if ((await record(placeOf(payload), step)) !== 'recorded') throw new Ended(payload.enrolment);
  return ANSWER;
}

/**
 * A step failed after all its retries: the enrolment ends as failed and the execution fails, visibly. Called again
 * because somebody has redriven the execution: the enrolment is active again and the machine goes back to that step.
 */
export async function failed(payload: Payload, failure: Failure): Promise<StepAnswer> {
  const { state, node, error, cause, redrive, failedRedrive } = failure;
  if (redrive > failedRedrive) {
    const others = (await enrolmentsOf(payload.customer)).filter(
      ({ journey, id }) => journey === payload.journey && id !== payload.enrolment,
    );
    // She has come in again meanwhile: one passage at a time.
    if (others.some(({ status }) => status === 'active')) throw new Ended(payload.enrolment);
    if (!(await reopen(placeOf(payload)))) throw new Ended(payload.enrolment);
    return ANSWER;
  }
  await record(placeOf(payload), {
    passed: payload.trail,
    at: node,
    end: { outcome: 'failed', reason: error, at: now() },
  });
  throw new Failed(state, error, cause);
}
