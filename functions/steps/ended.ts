import { ENDED_ERROR, FAILED_ERROR } from '../../shared/compiler/index.ts';

/** The enrolment has ended (goal, exit, stopped): the machine catches this name and goes to its state `Ended`. */
export class Ended extends Error {
  readonly code = 'ended';
  /** An answer, not a mistake: not logged as one. */
  readonly expected = true;
  constructor(enrolment: string) {
    super(`Enrolment ${enrolment} has ended`);
    this.name = ENDED_ERROR;
  }
}

/** A step failed for good; thrown at the machine's state `Failed`, so that the execution fails there, to be redriven. */
export class Failed extends Error {
  readonly code = 'failed';
  constructor(state: string, error: string, cause: string) {
    super(`${state}: ${error}: ${cause}`);
    this.name = FAILED_ERROR;
  }
}
