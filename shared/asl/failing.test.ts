/** What a failure leaves in the history, and how far it reaches. As others have measured it on AWS. */
import { describe, expect, it } from 'vitest';
import { EXECUTION } from '../../test/support/execution.ts';
import { type CallAnswer, compileMachine, drive, type Effect, type HistoryEvent, type Json, step } from './index.ts';

const NOW = Date.parse('2026-09-01T09:00:00Z');
type States = Record<string, Json>;
const machineOf = (states: States): Json => ({ StartAt: Object.keys(states)[0] as string, States: states });
const compiled = (states: States, more: Record<string, Json> = {}) =>
  compileMachine({ ...(machineOf(states) as States), ...more });
const LOST: Json = { Type: 'Pass', Parameters: { 'm.$': '$.nope' }, End: true };
const BOOM: Json = { Type: 'Fail', Error: 'Boom', Cause: 'because' };
const CATCH_ALL: Json = [{ ErrorEquals: ['States.ALL'], Next: 'After' }];
const AFTER: Json = { Type: 'Pass', End: true };

function run(states: States, input: Json = { x: 'a' }, more: Record<string, Json> = {}) {
  return drive(compiled(states, more), { ...EXECUTION, input }, { now: NOW, answer: () => 'later' });
}

const chain = (events: readonly HistoryEvent[]) =>
  events.map(({ type, previousEventId }) => `${type} ${previousEventId}`).slice(1);

describe('a failure that nothing can catch', () => {
  it('in a branch ends the execution at once; nothing around it is said to have failed', () => {
    const branches = [machineOf({ Lost: LOST }), machineOf({ Long: { Type: 'Wait', Seconds: 60, End: true } })];
    const { state, events } = run({
      P: { Type: 'Parallel', Branches: branches, Catch: CATCH_ALL, End: true },
      After: AFTER,
    });
    expect(state).toMatchObject({
      error: 'States.Runtime',
      cause: `An error occurred while executing the state 'Lost' (entered at the event id #4). The JSONPath '$.nope' specified for the field 'm.$' could not be found in the input '{"x":"a"}'`,
    });
    expect(chain(events)).toEqual([
      'ParallelStateEntered 0',
      'ParallelStateStarted 2',
      'PassStateEntered 3',
      'ExecutionFailed 4',
    ]);
  });

  it('in an item of a Map does the same', () => {
    const item = machineOf({ Lost: LOST });
    const { events } = run({ M: { Type: 'Map', MaxConcurrency: 1, ItemProcessor: item, End: true } }, [1, 2]);
    expect(chain(events).slice(-3)).toEqual(['MapIterationStarted 3', 'PassStateEntered 4', 'ExecutionFailed 5']);
  });

  it('in an item of a distributed Map ends only the execution that the item is, however deep it stands', () => {
    const item = {
      ...(machineOf({ P: { Type: 'Parallel', Branches: [machineOf({ Lost: LOST })], End: true } }) as States),
      ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
    };
    const map = { Type: 'Map', ItemProcessor: item, ToleratedFailurePercentage: 100, End: true };
    const { state } = run({ M: map }, [1, 2]);
    expect(state.status).toBe('SUCCEEDED');
    expect(state.output).toMatchObject([{ Error: 'States.Runtime' }, { Error: 'States.Runtime' }]);
  });

  it('is redriven from where it stood, and the other branches with it', () => {
    const ask = {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke',
      ResultSelector: { 'a.$': '$.a' },
      End: true,
    };
    const long = { Type: 'Wait', Seconds: 60, End: true };
    const machine = compiled({
      P: { Type: 'Parallel', Branches: [machineOf({ Ask: ask }), machineOf({ Long: long })], End: true },
    });
    let answer: CallAnswer = { output: {} };
    const how = { now: NOW, answer: (_: Effect) => answer };
    const failed = drive(machine, { ...EXECUTION, input: {} }, how);
    expect(failed.state).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
    answer = { output: { a: 1 } };
    let { state, effects } = step(machine, failed.state, { kind: 'redrive' }, NOW + 1000);
    for (const { ticket } of effects)
      ({ state, effects } = step(machine, state, { kind: 'taskSucceeded', ticket, output: { a: 1 } }, NOW + 2000));
    ({ state } = step(machine, state, { kind: 'time' }, NOW + 61_000));
    expect(state).toMatchObject({ status: 'SUCCEEDED', output: [{ a: 1 }, {}] });
  });

  it('is also that no rule of a Choice matches', () => {
    const rule = { Variable: '$.x', StringEquals: 'never', Next: 'After' };
    const { state } = run({ C: { Type: 'Choice', Choices: [rule] }, After: AFTER });
    expect(state).toMatchObject({
      error: 'States.Runtime',
      cause:
        "An error occurred while executing the state 'C' (entered at the event id #2). Failed to transition out of the state. The state does not point to a next state.",
    });
  });
});

describe('a failure after others', () => {
  it('that comes when all branches have succeeded points to the event that says so', () => {
    const { events } = run({
      P: { Type: 'Parallel', Branches: [machineOf({ Ok: AFTER })], ResultSelector: { 'm.$': '$.nope' }, End: true },
    });
    expect(chain(events).slice(-2)).toEqual(['ParallelStateSucceeded 5', 'ExecutionFailed 6']);
  });

  it('in what a Catch makes of the first lets the state fail twice', () => {
    const { state, events } = run(
      {
        P: {
          Type: 'Parallel',
          Branches: [machineOf({ Boom: BOOM })],
          Catch: [{ ErrorEquals: ['Boom'], Output: '{% $states.input.missing %}', Next: 'After' }],
          End: true,
        },
        After: AFTER,
      },
      {},
      { QueryLanguage: 'JSONata' },
    );
    expect(state.error).toBe('States.QueryEvaluationError');
    expect(events.map(({ type }) => type).slice(-4)).toEqual([
      'ParallelStateFailed',
      'EvaluationFailed',
      'ParallelStateFailed',
      'ExecutionFailed',
    ]);
  });
});

describe('a path that leads nowhere', () => {
  const cause = (parameters: Json, input: Json) =>
    run({ P: { Type: 'Pass', Parameters: parameters, End: true } }, input).state.cause?.replace(
      /^.*\(entered.*?\)\. /,
      '',
    );

  it('as an argument is told with the whole call', () => {
    const nested = "States.Format('{}',States.Format('{}', $.a.b))";
    expect(cause({ 'v.$': nested }, { other: 1 })).toBe(
      `The function '${nested}' had the following error: The JsonPath argument for the field '$.a.b' could not be found in the input '{"other":1}'`,
    );
    expect(cause({ 'v.$': 'States.Array($$.Nope.Deep)' }, {})).toBe(
      "The function 'States.Array($$.Nope.Deep)' had the following error: The JsonPath argument for the field '$.Nope.Deep' could not be found in the input '{}'",
    );
    expect(cause({ 'v.$': 'States.Array($.n[0])' }, { n: 1 })).toMatch(
      /error: Filter: \[0\] can only be applied to arrays\. Current context is: 1$/,
    );
  });

  it('behind the end of a list is null where it is only read, and missing as an argument', () => {
    expect(run({ P: { Type: 'Pass', Parameters: { 'v.$': '$.l[5]' }, End: true } }, { l: [1] }).state.output).toEqual({
      v: null,
    });
    expect(cause({ 'v.$': 'States.Array($.l[5])' }, { l: [1] })).toContain("the field '$.l[5]' could not be found");
    expect(cause({ 'v.$': '$.l[5].x' }, { l: [1] })).toContain("The JSONPath '$.l[5].x' specified for the field 'v.$'");
  });

  it('into the context object is told with the context object', () => {
    expect(cause({ 'v.$': '$$.Nope' }, {})).toMatch(/could not be found in the input '\{"Execution":\{"Id":/);
  });

  it('cannot begin at nothing', () => {
    expect(cause({ 'v.$': '$' }, null)).toBe('Unable to apply Path transformation to null or empty input.');
  });
});
