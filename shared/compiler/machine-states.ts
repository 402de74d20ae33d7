/**
 * The states every machine has besides its nodes' own, and how calls are retried and caught.
 *
 *   any call --Pergola.Ended--> Ended                 a goal or exit came first: the execution ends quietly
 *   any call --anything else--> Failed --redriven--> Again --> the call that failed
 *
 * `Failed` is a call, not a Fail state, because a redriven execution goes on at the state that failed (see Failure in
 * payload.ts).
 */
import { ENTERED, expression, INPUT, text } from './jsonata.ts';
import { END_NODE, ENDED_ERROR, FAILED_ERROR } from './payload.ts';
import type { AslState, StepFunctions } from './program.ts';

export const INVOKE = 'arn:aws:states:::lambda:invoke';
export const INVOKE_AND_WAIT = 'arn:aws:states:::lambda:invoke.waitForTaskToken';

export const STATE = {
  entry: 'Entry',
  begin: 'Begin',
  completed: 'Completed',
  ended: 'Ended',
  failed: 'Failed',
  again: 'Again',
} as const;

/** Longer than any handler's own timeout (infra/topology.ts), so that Lambda speaks first. */
const CALL_SECONDS = 60;

/** Attempts beyond the first; for the estimate's worst case. */
export const MOST_RETRIES = 8;

/**
 * Steps are safe to repeat, so everything but our own two verdicts is tried again for some four minutes, whether Lambda
 * failed, the network, or the handler. (States.TaskFailed stands for any error but a timeout.)
 */
const retry = (errors: readonly string[]): unknown[] => [
  { ErrorEquals: [ENDED_ERROR, FAILED_ERROR], MaxAttempts: 0 },
  {
    ErrorEquals: errors,
    IntervalSeconds: 1,
    BackoffRate: 2,
    MaxAttempts: MOST_RETRIES,
    JitterStrategy: 'FULL',
  },
];

/** One call of a step handler, as a Task state needs it. */
export interface Call {
  readonly node: string;
  /** JSONata for the visit. */
  readonly visit: string;
  /** JSONata for the trail. */
  readonly trail: string;
  readonly functionArn: string;
  /** JSONata members for the payload besides the usual ones, e.g. `'token': …`. */
  readonly more?: readonly string[];
  /** Waits for the token this long. */
  readonly tokenSeconds?: number;
  /** Goes before the catch-all. */
  readonly catches?: readonly Record<string, unknown>[];
}

/** The fields of a Task state that calls a step handler: everything but Output, Assign and Next. */
export function callState(call: Call): AslState {
  const waits = call.tokenSeconds !== undefined;
  const payload = [
    `'nodeApi': 1`,
    `'node': ${text(call.node)}`,
    `'visit': ${call.visit}`,
    `'state': $states.context.State.Name`,
    `'executionId': $states.context.Execution.Id`,
    `'enteredAt': ${ENTERED}`,
    `'trail': ${call.trail}`,
    ...(call.more ?? []),
  ].join(', ');
  return {
    Type: 'Task',
    Resource: waits ? INVOKE_AND_WAIT : INVOKE,
    Arguments: { FunctionName: call.functionArn, Payload: expression(`$merge([${INPUT}, {${payload}}])`) },
    TimeoutSeconds: call.tokenSeconds ?? CALL_SECONDS,
    Retry: retry(waits ? ['States.TaskFailed'] : ['States.TaskFailed', 'States.Timeout']),
    Catch: [
      { ErrorEquals: [ENDED_ERROR], Next: STATE.ended },
      ...(call.catches ?? []),
      { ErrorEquals: ['States.ALL'], Assign: failed(call), Next: STATE.failed },
    ],
  };
}

const failed = (call: Pick<Call, 'node' | 'visit' | 'trail'>): Record<string, string> =>
  verdict(call, '$states.context.State.Name', '$states.errorOutput.Error', '$states.errorOutput.Cause');

/** The variable that `Failed` and `Again` read. A member that has no value is simply not there. */
export const verdict = (
  call: Pick<Call, 'node' | 'visit' | 'trail'>,
  state: string,
  error: string,
  cause: string,
): Record<string, string> => ({
  failure: expression(
    `{${[
      `'state': ${state}`,
      `'node': ${text(call.node)}`,
      `'visit': ${call.visit}`,
      `'trail': ${call.trail}`,
      `'error': ${error}`,
      `'cause': ${cause}`,
      `'redrive': $states.context.Execution.RedriveCount`,
    ].join(', ')}}`,
  ),
});

/** The end of every path that leads nowhere: the enrolment is completed. */
export const completedState = (functions: StepFunctions, trail: string): AslState => ({
  ...callState({
    node: END_NODE,
    visit: '1',
    trail,
    functionArn: functions.perform,
    more: [`'end': {'outcome': 'completed', 'reason': 'path-ended'}`],
  }),
  Output: { end: END_NODE },
  End: true,
});

export const endedState = (): AslState => ({
  Type: 'Succeed',
  Comment: 'A goal, an exit or a stop ended the enrolment before this step.',
  Output: { end: 'ended' },
});

export const failedState = (functions: StepFunctions): AslState => {
  const or = (value: string, otherwise: string): string => `($exists(${value}) ? ${value} : ${otherwise})`;
  const failure = [
    `'state': $failure.state`,
    `'node': $failure.node`,
    `'error': ${or('$failure.error', `'Error'`)}`,
    `'cause': $substring(${or('$failure.cause', `''`)}, 0, 1000)`,
    `'failedRedrive': ${or('$failure.redrive', '0')}`,
    `'redrive': ${or('$states.context.Execution.RedriveCount', '0')}`,
  ].join(', ');
  const payload = [
    `'nodeApi': 1`,
    `'node': $failure.node`,
    `'visit': $failure.visit`,
    `'state': $states.context.State.Name`,
    `'executionId': $states.context.Execution.Id`,
    `'enteredAt': ${ENTERED}`,
    `'trail': $failure.trail`,
    `'failure': {${failure}}`,
  ].join(', ');
  return {
    Type: 'Task',
    Comment: 'A step failed for good. Redrive goes on with that step.',
    Resource: INVOKE,
    Arguments: { FunctionName: functions.perform, Payload: expression(`$merge([${INPUT}, {${payload}}])`) },
    TimeoutSeconds: CALL_SECONDS,
    Retry: retry(['States.TaskFailed', 'States.Timeout']),
    Output: {},
    Next: STATE.again,
  };
};

/** Back to the call that failed. */
export const againState = (calls: readonly string[]): AslState => ({
  Type: 'Choice',
  Choices: calls.map((name) => ({ Condition: expression(`$failure.state = ${text(name)}`), Next: name })),
  Output: {},
});
