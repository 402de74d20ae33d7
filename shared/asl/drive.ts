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

export interface Driven {
  state: ExecutionState;
  events: HistoryEvent[];
  /** When it ended (or where it hangs). */
  now: number;
}

/** Runs to the end, or until nothing is due and nothing will be answered. */
export function drive(machine: Machine, options: StartOptions, how: DriveOptions): Driven {
  const events: HistoryEvent[] = [];
  const waiting: Stimulus[] = [];
  const limit = how.limit === undefined ? {} : { limit: how.limit };
  let { now } = how;
  let state: ExecutionState;
  const take = (result: StepResult) => {
    for (const event of result.events) events.push(event);
    for (const effect of result.effects) {
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
    state = how.between ? how.between(result.state) : result.state;
  };
  take(start(machine, options, now, limit));
  for (let steps = 0; steps < (how.most ?? 100_000); steps++) {
    const current = state! as ExecutionState;
    if (current.status !== 'RUNNING') break;
    let stimulus: Stimulus | undefined = current.ready.length > 0 ? { kind: 'continue' } : waiting.shift();
    if (!stimulus) {
      const due = nextDue(current);
      if (due === undefined) break;
      now = Math.max(now, due);
      stimulus = { kind: 'time' };
    }
    take(step(machine, current, stimulus, now, limit));
  }
  return { state: state!, events, now };
}
