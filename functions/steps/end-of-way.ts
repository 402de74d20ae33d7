import { END_NODE, type Failure, type StepAnswer } from '../../shared/compiler/index.ts';
import { activeInFamily, documentOf } from '../events/enrol/family.ts';
import { watchJourneys } from '../events/enrol/watch.ts';
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
    if (await isElsewhere(payload)) throw new Ended(payload.enrolment);
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

/** She has come in again meanwhile, or into another journey of the family: one passage at a time. */
async function isElsewhere({ customer, journey, enrolment }: Payload): Promise<boolean> {
  const all = await enrolmentsOf(customer);
  const others = all.filter(({ id, status }) => id !== enrolment && status === 'active');
  const mine = all.find(({ id }) => id === enrolment);
  if (mine === undefined || others.length === 0) return false;
  if (others.some((one) => one.journey === journey)) return true;
  const watch = await watchJourneys();
  const family = documentOf(mine, watch)?.entry.family;
  return family !== undefined && activeInFamily(family, journey, others, watch).length > 0;
}
