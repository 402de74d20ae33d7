export {
  type EndCause,
  type Enrolment,
  type EnrolmentStatus,
  executionName,
  type Outcome,
  type Passed,
  pathKey,
  type Wait,
} from './enrolment.ts';
export { enter, keepRefusal, type Refusal } from './enter.ts';
export { enrolmentId, enrolmentKey, enrolmentParts } from './keys.ts';
export { enrolmentFrom, enrolmentsIn, enrolmentsOf, readEnrolment, refusalsIn, refusalsOf } from './list.ts';
export { type Place, type Recorded, record, reopen, type Step } from './record.ts';
