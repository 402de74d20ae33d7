/** The enrolment has ended (goal, exit, stopped): the machine catches this name and goes to its state `Ended`. */
export class Ended extends Error {
  readonly code = 'ended';
  constructor(enrolment: string) {
    super(`Enrolment ${enrolment} has ended`);
    this.name = 'Pergola.Ended';
  }
}
