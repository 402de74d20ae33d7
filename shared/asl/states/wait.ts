import { evaluationFailure, runtimeFailure } from '../failure.ts';
import type { State } from '../machine.ts';
import type { Run } from '../run.ts';
import { parseTimestamp } from '../time.ts';
import type { Frame } from '../types.ts';
import { defineStateKind } from './define-state-kind.ts';

/** AWS refuses delays of more seconds than a signed 32-bit number holds (24,855 days and some hours). */
const MAX_DELAY_SECONDS = 2_147_483_647;

/** Wait: for seconds, or until an instant. An instant in the past does not wait. */
export const wait = defineStateKind({
  type: 'Wait',
  flow: 'next-or-end',
  fields: ['Seconds', 'SecondsPath', 'Timestamp', 'TimestampPath', 'InputPath', 'OutputPath', 'Output', 'Assign'],
  required: { JSONPath: ['Seconds|SecondsPath|Timestamp|TimestampPath'], JSONata: ['Seconds|Timestamp'] },
  exclusive: [['Seconds', 'SecondsPath', 'Timestamp', 'TimestampPath']],
  inspected: () => ['afterInputPath'],
  abortable: true,
  failedQueryFollowsEntry: true,
  /** The milliseconds of a delay that is written in the definition, where nothing else need be looked at. */
  prepare: ({ InputPath, Seconds }) =>
    InputPath === undefined && typeof Seconds === 'number' && Seconds >= 0 ? Seconds * 1000 : undefined,
  begin(run, frame, state) {
    const delay = state.prepared as number | undefined;
    const due = delay !== undefined && run.watch === undefined ? run.now + delay : dueTime(run, frame, state);
    if (due - run.now > MAX_DELAY_SECONDS * 1000) throw runtimeFailure('Wait state delay is too long.');
    frame.mode = 'wait';
    frame.due = due;
    if (due <= run.now) run.makeReady(frame, 'resume');
  },
  resume: (run, frame, state) => run.leave(frame, state, undefined),
});

function dueTime(run: Run, frame: Frame, state: State): number {
  const scope = run.scope(frame, state);
  const input = state.query.input(scope);
  const jsonpath = state.query.name === 'JSONPath';
  const seconds = state.query.number(scope, input, 'Seconds');
  if (seconds !== undefined) {
    if (seconds >= 0) return run.now + seconds * 1000;
    if (jsonpath)
      throw runtimeFailure(
        `The SecondsPath parameter references a negative value: ${state.raw.SecondsPath} == ${seconds}`,
      );
    throw evaluationFailure(`The Seconds field must be a non-negative integer: ${seconds}`, 'Seconds');
  }
  const text = state.query.text(scope, input, 'Timestamp') ?? '';
  const instant = parseTimestamp(text);
  if (instant !== undefined) return instant;
  if (jsonpath) {
    throw runtimeFailure(
      `The TimestampPath parameter does not reference a valid ISO-8601 extended offset date-time format string: ${state.raw.TimestampPath} == ${text}`,
    );
  }
  throw evaluationFailure(
    `The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: ${text}`,
    'Timestamp',
  );
}
