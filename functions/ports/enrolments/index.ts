export {
  type EndCause,
  type Enrolment,
  type EnrolmentStatus,
  executionName,
  type HeldMessage,
  type Outcome,
  type Passed,
  pathKey,
  type Wait,
} from './enrolment.ts';
export { enter, keepRefusal, type Refusal } from './enter.ts';
export { enrolmentId, enrolmentKey, enrolmentParts } from './keys.ts';
export { enrolmentsIn, readEnrolment, refusalsIn, refusalsOf } from './list.ts';
export { enrolmentFrom, enrolmentsOf, handPersonOver, joinPersons, type Person, personOf } from './person.ts';
export { type Place, type Recorded, record, reopen, type Step } from './record.ts';
