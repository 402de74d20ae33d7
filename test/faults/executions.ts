/** What the executions of this story do, and how each of them is to end. */

/** What the function is asked: who asks is the idempotency key, and is the same however often the call is made. */
export interface Asked {
  readonly execution: string;
  readonly state: string;
  /** When the state was entered: a visit of it. */
  readonly visit: string;
  readonly retry: number;
  readonly n: number;
  readonly refused: boolean;
  readonly flaky: boolean;
}

/** The error of a second start of an execution that has ended. */
export const HAS_ENDED = 'ExecutionAlreadyExists';

export const nameOf = (n: number): string => `run-${n}`;
const REFUSED = 10;
const FLAKY = 4;

export const expectedStatus = (n: number): 'FAILED' | 'SUCCEEDED' => (n % REFUSED === 0 ? 'FAILED' : 'SUCCEEDED');
/** How often the function must have been asked by a state: calls that failed were made again. */
export const expectedCalls = (n: number): Record<string, number> =>
  n % REFUSED === 0 ? { Ask: 1 } : { Ask: n % FLAKY === 1 ? 2 : 1, Tell: 1 };

const asking = (refused: string, flaky: string, rest: object) => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  Arguments: {
    FunctionName: 'f',
    Payload: {
      execution: '{% $states.context.Execution.Name %}',
      state: '{% $states.context.State.Name %}',
      visit: '{% $states.context.State.EnteredTime %}',
      retry: '{% $states.context.State.RetryCount %}',
      n: '{% $n %}',
      refused,
      flaky,
    },
  },
  ...rest,
});

export const MACHINE = {
  QueryLanguage: 'JSONata',
  StartAt: 'Enter',
  States: {
    Enter: { Type: 'Pass', Assign: { n: '{% $states.input.n %}' }, Next: 'Ask' },
    Ask: asking(`{% $n % ${REFUSED} = 0 %}`, `{% $n % ${FLAKY} = 1 and $states.context.State.RetryCount = 0 %}`, {
      Retry: [{ ErrorEquals: ['Flaky'], IntervalSeconds: 1, MaxAttempts: 3, BackoffRate: 1 }],
      Catch: [{ ErrorEquals: ['Refused'], Next: 'Sorry' }],
      Next: 'Rest',
    }),
    Rest: { Type: 'Wait', Seconds: '{% $n % 3 %}', Next: 'Choose' },
    Choose: { Type: 'Choice', Choices: [{ Condition: '{% $n >= 0 %}', Next: 'Tell' }], Default: 'Sorry' },
    Tell: asking('{% false %}', '{% false %}', { Output: '{% $states.result.Payload %}', Next: 'Done' }),
    Done: { Type: 'Succeed' },
    Sorry: { Type: 'Fail', Error: 'Sorry', Cause: 'It was refused' },
  },
};
