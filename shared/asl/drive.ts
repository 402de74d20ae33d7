/**
 * Runs one execution to its end on a clock of its own: calls are answered at once by a function, waits are jumped over.
 * For rehearsals, tests and measurements; still without promises.
 */
import type { Json } from './json.ts';
import type { Machine } from './machine.ts';
import { nextDue, type StartOptions, start, step } from './step.ts';
import type { Effect, ExecutionState, HistoryEvent, StepResult, Stimulus } from './types.ts';

/** How a call is answered: its output, its failure, or `later` (nobody answers: only its timeout ends it). */
export type CallAnswer = { output: Json } | { error?: string; cause?: string } | 'later';

const CONTINUE: Stimulus = { kind: 'continue' };
const TIME: Stimulus = { kind: 'time' };

export interface DriveOptions {
  now: number;
  answer: (effect: Effect, now: number) => CallAnswer;
  /** Moves per step, to see an execution between any two of them. Default: as far as it goes. */
  limit?: number;
  /** Sees (and may replace) the state after every step. */
  between?: (state: ExecutionState) => ExecutionState;
  /** Given up after so many steps. Default 100,000. */
  most?: number;
}

export class Driven {
  declare readonly state: ExecutionState;
  /** When it ended (or where it hangs). */
  declare readonly now: number;
  private declare readonly steps: readonly StepResult[];

  constructor(state: ExecutionState, now: number, steps: readonly StepResult[]) {
    this.state = state;
    this.now = now;
    this.steps = steps;
  }

  /** Its history; made when it is asked for. */
  get events(): HistoryEvent[] {
    return this.steps.flatMap(({ events }) => events);
  }
}

/** As far as it goes. */
const ALL = {};

/** Runs to the end, or until nothing is due and nothing will be answered. */
export function drive(machine: Machine, options: StartOptions, how: DriveOptions): Driven {
  const { between, limit, most = 100_000 } = how;
  const steps: StepResult[] = [];
  // Answers in their order; those before `answered` have been given.
  const waiting: Stimulus[] = [];
  let answered = 0;
  const bound = limit === undefined ? ALL : { limit };
  let { now } = how;
  let result = start(machine, options, now, bound);
  for (let count = 0; ; count++) {
    steps.push(result);
    if (result.effects.length > 0) answerAll(result.effects, now, how, waiting);
    const state = between ? between(result.state) : result.state;
    if (count === most || state.status !== 'RUNNING') return new Driven(state, now, steps);
    let stimulus = CONTINUE;
    if (state.ready.length === 0) {
      if (answered < waiting.length) stimulus = waiting[answered++] as Stimulus;
      else {
        const due = nextDue(state);
        if (due === undefined) return new Driven(state, now, steps);
        if (due > now) now = due;
        stimulus = TIME;
      }
    }
    result = step(machine, state, stimulus, now, bound);
  }
}

function answerAll(effects: readonly Effect[], now: number, how: DriveOptions, waiting: Stimulus[]): void {
  for (const effect of effects) {
    const answer = how.answer(effect, now);
    if (answer === 'later') continue;
    const { ticket } = effect;
    if (effect.resource.pattern === 'callback') waiting.push({ kind: 'taskSubmitted', ticket, output: {} });
    waiting.push(
      'output' in answer
        ? { kind: 'taskSucceeded', ticket, output: answer.output }
        : { kind: 'taskFailed', ticket, ...answer },
    );
  }
}
