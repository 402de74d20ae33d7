import { describe, expect, it } from 'vitest';
import { compileMachine, findState, type Json, type JsonObject, StateTest } from '../index.ts';

const NOW = Date.parse('2026-03-01T09:00:00Z');

function test(state: JsonObject, input: Json, more: Partial<ConstructorParameters<typeof StateTest>[2]> = {}) {
  const machine = compileMachine({ StartAt: 'S', States: { S: state } });
  return new StateTest(
    machine,
    { path: '', state: 'S' },
    { beginning: beginning(input), variables: {}, now: NOW, ...more },
  );
}

const beginning = (input: Json) => ({
  id: 'a-test',
  executionArn: 'arn:aws:states:us-east-1:000000000000:express:m:a-test',
  name: 'a-test',
  roleArn: 'arn:aws:iam::000000000000:role/r',
  stateMachineArn: 'arn:aws:states:us-east-1:000000000000:stateMachine:m',
  stateMachineName: 'm',
  input,
  synchronous: true,
});

const TASK = { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', Next: 'After' };
const ITEMS = { StartAt: 'I', States: { I: { Type: 'Pass', End: true } } };
const DISTRIBUTED = { ...ITEMS, ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' } };

describe('a state run by itself', () => {
  it('tells where a Choice leads, though nothing is there', () => {
    const choice = test(
      { Type: 'Choice', Choices: [{ Variable: '$.n', NumericGreaterThan: 1, Next: 'Many' }], Default: 'One' },
      { n: 2 },
    );
    choice.begin();
    expect(choice.outcome()).toEqual({ status: 'SUCCEEDED', output: '{"n":2}', nextState: 'Many' });
  });

  it('shows each step of a task with a made-up answer, and the variables after it', () => {
    const task = test(
      {
        ...TASK,
        InputPath: '$.order',
        Parameters: { 'FunctionName.$': '$.fn' },
        ResultSelector: { 'total.$': '$.Payload.sum' },
        ResultPath: '$.answer',
        OutputPath: '$.answer',
        Assign: { 'seen.$': '$.Payload.sum' },
      },
      { order: { fn: 'sum' } },
      { variables: { before: 1 } },
    );
    expect(task.begin()?.parameters).toEqual({ FunctionName: 'sum' });
    task.succeed({ Payload: { sum: 7 } });
    expect(task.outcome()).toEqual({ status: 'SUCCEEDED', output: '{"total":7}', nextState: 'After' });
    expect(task.inspected('{"order":{"fn":"sum"}}')).toEqual({
      input: '{"order":{"fn":"sum"}}',
      afterInputPath: '{"fn":"sum"}',
      afterParameters: '{"FunctionName":"sum"}',
      result: '{"Payload":{"sum":7}}',
      afterResultSelector: '{"total":7}',
      afterResultPath: '{"order":{"fn":"sum"},"answer":{"total":7}}',
      variables: '{"before":1,"seen":7}',
    });
  });

  it('says which retry takes an error and how long it would wait, counting the tries before', () => {
    const state: JsonObject = {
      ...TASK,
      Retry: [{ ErrorEquals: ['X'] }, { ErrorEquals: ['Slow'], BackoffRate: 3, MaxAttempts: 3 }],
    };
    const third = test(state, {}, { retryCount: 2 });
    third.begin();
    third.fail({ error: 'Slow', cause: 'It was.' });
    expect(third.outcome()).toEqual({ status: 'RETRIABLE', error: 'Slow', cause: 'It was.' });
    expect(third.inspected('{}').errorDetails).toEqual({ retryIndex: 1, retryBackoffIntervalSeconds: 9 });
    const tooMany = test(state, {}, { retryCount: 3 });
    tooMany.begin();
    tooMany.fail({ error: 'Slow' });
    expect(tooMany.outcome()).toEqual({ status: 'FAILED', error: 'Slow' });
    expect(tooMany.inspected('{}').errorDetails).toEqual({ retryIndex: 1 });
  });

  it('says which catch takes an error, and with what it goes on', () => {
    const task = test(
      { ...TASK, Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'Sorry' }] },
      { a: 1 },
    );
    task.begin();
    task.fail({ error: 'Broken', cause: 'why' });
    expect(task.outcome()).toEqual({
      status: 'CAUGHT_ERROR',
      error: 'Broken',
      cause: 'why',
      output: '{"a":1,"error":{"Error":"Broken","Cause":"why"}}',
      nextState: 'Sorry',
    });
    expect(task.inspected('{}').errorDetails).toEqual({ catchIndex: 0 });
  });

  it('fails without naming an event, since a test writes no history', () => {
    const pass = test({ Type: 'Pass', InputPath: '$.missing', End: true }, {});
    pass.begin();
    expect(pass.outcome()).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
    expect(pass.outcome().cause).not.toContain('event id');
  });

  it('shows what a Map would hand to its items, and puts up with so many failures', () => {
    const state: JsonObject = {
      Type: 'Map',
      ItemsPath: '$.list',
      ItemSelector: { 'n.$': '$$.Map.Item.Value', 'all.$': '$.list[*]' },
      ItemBatcher: { MaxItemsPerBatch: 2 },
      MaxConcurrency: 4,
      ToleratedFailurePercentage: 40,
      ItemProcessor: DISTRIBUTED,
      End: true,
    };
    const two = test(state, { list: [1, 2, 3] });
    two.begin();
    two.partsFailed(0);
    two.succeed(['x']);
    expect(two.outcome()).toEqual({ status: 'SUCCEEDED', output: '["x"]' });
    const all = [1, 2, 3];
    expect(two.inspected('{}')).toMatchObject({
      afterItemsPath: '[1,2,3]',
      afterItemSelector: JSON.stringify(all.map((n) => ({ n, all }))),
      afterItemBatcher: JSON.stringify([{ Items: [1, 2].map((n) => ({ n, all })) }, { Items: [{ n: 3, all }] }]),
      maxConcurrency: 4,
      toleratedFailurePercentage: 40,
    });
    const failed = test(state, { list: [1, 2, 3] });
    failed.begin();
    failed.partsFailed(1);
    expect(failed.outcome()).toMatchObject({ status: 'FAILED', error: 'States.ExceedToleratedFailureThreshold' });
  });

  it('does not wait, but for longer than a test may take', () => {
    const short = test({ Type: 'Wait', Seconds: 300, End: true }, {});
    short.begin();
    expect(short.outcome()).toEqual({ status: 'SUCCEEDED', output: '{}' });
    const long = test({ Type: 'Wait', Seconds: 301, End: true }, {});
    long.begin();
    expect(long.outcome()).toEqual({ status: 'FAILED', error: 'States.Timeout' });
  });

  it('finds a state inside a branch or an item by its name', () => {
    const machine = compileMachine({
      StartAt: 'P',
      States: {
        P: {
          Type: 'Parallel',
          End: true,
          Branches: [{ StartAt: 'M', States: { M: { Type: 'Map', ItemProcessor: ITEMS, End: true } } }],
        },
      },
    });
    const at = findState(machine, 'I');
    expect(at).toBeDefined();
    const inner = new StateTest(machine, at!, { beginning: beginning([1]), variables: {}, now: NOW });
    inner.begin();
    expect(inner.outcome()).toEqual({ status: 'SUCCEEDED', output: '[1]' });
    expect(findState(machine, 'nowhere')).toBeUndefined();
  });
});
