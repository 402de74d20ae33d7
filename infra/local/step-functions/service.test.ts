/** What the service does beyond a single run: nested runs, activities, aliases, redrives, refusals. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Json } from '../../../shared/asl/index.ts';
import type { LambdaResult } from '../time-source.ts';
import { createStepFunctions, type StepFunctions } from './index.ts';

const START = Date.parse('2026-03-01T09:00:00Z');
const ROLE = 'arn:aws:iam::000000000000:role/r';
type Answer = Record<string, unknown>;

let now: number;
let service: StepFunctions;
let answer: (payload: Json) => LambdaResult | Promise<LambdaResult>;
let most: number;
let running: number;

beforeEach(() => {
  now = START;
  most = 0;
  running = 0;
  answer = (payload) => ({ ok: true, payload });
  service = createStepFunctions({
    file: ':memory:',
    account: '000000000000',
    region: 'us-east-1',
    concurrency: 4,
    clock: { now: () => now, changed: () => {} },
    lambda: {
      invoke: async (_, payload) => {
        most = Math.max(most, ++running);
        await new Promise((resolve) => setImmediate(resolve));
        running--;
        return answer(payload as Json);
      },
    },
  });
});

afterEach(() => service.close());

const call = (operation: string, body: Answer = {}) => service.handle(operation, body) as Promise<Answer>;

async function machine(name: string, states: Record<string, Json>): Promise<string> {
  const definition = JSON.stringify({ QueryLanguage: 'JSONata', StartAt: Object.keys(states)[0], States: states });
  return (await call('CreateStateMachine', { name, definition, roleArn: ROLE })).stateMachineArn as string;
}

async function begin(stateMachineArn: string, input: Json = {}): Promise<string> {
  return (await call('StartExecution', { stateMachineArn, input: JSON.stringify(input) })).executionArn as string;
}

async function settle(): Promise<void> {
  do await new Promise((resolve) => setImmediate(resolve));
  while (service.busy());
}

const INVOKE = {
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  Arguments: { FunctionName: 'f', Payload: '{% $states.input %}' },
};

describe('the Step Functions service', () => {
  it('waits for the end of another execution and hands its output on', async () => {
    const child = await machine('child', {
      Wait: { Type: 'Wait', Seconds: 60, Next: 'Say' },
      Say: { Type: 'Pass', Output: { said: 'done' }, End: true },
    });
    const parent = await machine('parent', {
      Run: {
        Type: 'Task',
        Resource: 'arn:aws:states:::states:startExecution.sync:2',
        Arguments: { StateMachineArn: child, Input: { a: 1 } },
        Output: '{% $states.result.Output.said %}',
        End: true,
      },
    });
    const executionArn = await begin(parent);
    await settle();
    now += 60_000;
    await service.fireDue(now);
    await settle();
    expect(await call('DescribeExecution', { executionArn })).toMatchObject({ status: 'SUCCEEDED', output: '"done"' });
  });

  it('fails a call of a function with what the function told, and says so where that names no kind of error', async () => {
    const arn = await machine('calling', { Call: { ...INVOKE, End: true } });
    const failure = async (payload: Answer) => {
      answer = () => ({ ok: false, errorType: String(payload['errorType']), errorMessage: 'No seeds.', payload });
      const executionArn = await begin(arn);
      await settle();
      const { error, cause } = await call('DescribeExecution', { executionArn });
      return { error, cause };
    };
    expect(await failure({ errorType: 'Empty', errorMessage: 'No seeds.' })).toEqual({
      error: 'Empty',
      cause: '{"errorType":"Empty","errorMessage":"No seeds."}',
    });
    expect(await failure({ errorMessage: 'No seeds.' })).toEqual({
      error: 'Lambda.Unknown',
      cause:
        'The cause could not be determined because Lambda did not return an error type. ' +
        'Returned payload: {"errorMessage":"No seeds."}',
    });
  });

  it('gives an activity its work once, whoever asks first', async () => {
    const { activityArn } = await call('CreateActivity', { name: 'pack' });
    const arn = await machine('packing', { Pack: { Type: 'Task', Resource: activityArn as string, End: true } });
    const asking = call('GetActivityTask', { activityArn, workerName: 'w' });
    const executionArn = await begin(arn, { box: 1 });
    const { taskToken, input } = await asking;
    expect(JSON.parse(input as string)).toEqual({ box: 1 });
    await call('SendTaskSuccess', { taskToken, output: '"packed"' });
    expect(await call('DescribeExecution', { executionArn })).toMatchObject({ output: '"packed"' });
    await expect(call('SendTaskSuccess', { taskToken, output: '1' })).rejects.toMatchObject({ code: 'TaskTimedOut' });
    await expect(call('SendTaskSuccess', { taskToken: 'nonsense', output: '1' })).rejects.toMatchObject({
      code: 'InvalidToken',
    });
  });

  it('starts what an alias points to, and keeps running executions on their definition', async () => {
    const arn = await machine('m', {
      Wait: { Type: 'Wait', Seconds: 5, Next: 'Old' },
      Old: { Type: 'Pass', Output: 'old', End: true },
    });
    const { stateMachineVersionArn: one } = await call('PublishStateMachineVersion', { stateMachineArn: arn });
    const { stateMachineAliasArn: live } = await call('CreateStateMachineAlias', {
      name: 'live',
      routingConfiguration: [{ stateMachineVersionArn: one, weight: 100 }],
    });
    const first = await begin(live as string);
    const definition = JSON.stringify({ StartAt: 'New', States: { New: { Type: 'Pass', Result: 'new', End: true } } });
    const { stateMachineVersionArn: two } = await call('UpdateStateMachine', {
      stateMachineArn: arn,
      definition,
      publish: true,
    });
    await call('UpdateStateMachineAlias', {
      stateMachineAliasArn: live,
      routingConfiguration: [{ stateMachineVersionArn: two, weight: 100 }],
    });
    const second = await begin(live as string);
    now += 5_000;
    await service.fireDue(now);
    expect(await call('DescribeExecution', { executionArn: first })).toMatchObject({
      output: '"old"',
      stateMachineVersionArn: one,
      stateMachineAliasArn: live,
    });
    expect(await call('DescribeExecution', { executionArn: second })).toMatchObject({
      output: '"new"',
      stateMachineVersionArn: two,
    });
    await expect(call('DeleteStateMachineVersion', { stateMachineVersionArn: two })).rejects.toMatchObject({
      code: 'ConflictException',
    });
    await call('DeleteStateMachineVersion', { stateMachineVersionArn: one });
  });

  it('redrives a failed execution from where it failed, and no other', async () => {
    const arn = await machine('m', {
      One: { ...INVOKE, Output: 'one', Next: 'Two' },
      Two: { ...INVOKE, Output: '{% $states.result.Payload %}', End: true },
    });
    answer = (payload) =>
      payload === 'one' ? { ok: false, errorType: 'Down', errorMessage: 'no' } : { ok: true, payload };
    const executionArn = await begin(arn);
    await settle();
    expect(await call('DescribeExecution', { executionArn })).toMatchObject({
      status: 'FAILED',
      error: 'Down',
      redriveStatus: 'REDRIVABLE',
    });
    answer = (payload) => ({ ok: true, payload: [payload] });
    await call('RedriveExecution', { executionArn });
    await settle();
    expect(await call('DescribeExecution', { executionArn })).toMatchObject({
      status: 'SUCCEEDED',
      output: '["one"]',
      redriveCount: 1,
    });
    await expect(call('RedriveExecution', { executionArn })).rejects.toMatchObject({ code: 'ExecutionNotRedrivable' });
  });

  it('makes no more calls at a time than it may', async () => {
    const arn = await machine('m', { Call: { ...INVOKE, End: true } });
    await Promise.all(Array.from({ length: 50 }, (_, i) => begin(arn, { i })));
    await settle();
    expect(most).toBe(4);
    expect((await call('ListExecutions', { stateMachineArn: arn, statusFilter: 'SUCCEEDED' })).executions).toHaveLength(
      50,
    );
  });

  it('accepts a token that comes back while the call is still under way', async () => {
    const arn = await machine('m', {
      Ask: {
        Type: 'Task',
        Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
        Arguments: { FunctionName: 'f', Payload: '{% $states.context.Task.Token %}' },
        End: true,
      },
    });
    answer = async (taskToken) => {
      await call('SendTaskSuccess', { taskToken, output: '"early"' });
      return { ok: true, payload: null };
    };
    const executionArn = await begin(arn);
    await settle();
    expect(await call('DescribeExecution', { executionArn })).toMatchObject({ status: 'SUCCEEDED', output: '"early"' });
  });

  it('deletes a machine when the last of its executions has come to its next transition', async () => {
    const stateMachineArn = await machine('leaving', {
      Wait: { Type: 'Wait', Seconds: 60, Next: 'Never' },
      Never: { Type: 'Pass', End: true },
    });
    const executionArn = await begin(stateMachineArn);
    await call('DeleteStateMachine', { stateMachineArn });
    expect(await call('DescribeStateMachine', { stateMachineArn })).toMatchObject({ status: 'DELETING' });
    for (const operation of ['StartExecution', 'UpdateStateMachine', 'PublishStateMachineVersion'])
      await expect(call(operation, { stateMachineArn, roleArn: ROLE })).rejects.toMatchObject({
        code: 'StateMachineDeleting',
      });
    expect(await call('DescribeExecution', { executionArn })).toMatchObject({ status: 'RUNNING' });
    now += 60_000;
    await service.fireDue(now);
    expect(await call('DescribeExecution', { executionArn })).toMatchObject({
      status: 'FAILED',
      error: 'States.Runtime',
      cause: 'State machine leaving has been deleted.',
    });
    const { events } = await call('GetExecutionHistory', { executionArn });
    expect((events as { type: string }[]).map(({ type }) => type)).toEqual([
      'ExecutionStarted',
      'WaitStateEntered',
      'WaitStateExited',
      'ExecutionFailed',
    ]);
    await expect(call('DescribeStateMachine', { stateMachineArn })).rejects.toMatchObject({
      code: 'StateMachineDoesNotExist',
    });
  });

  it.each([
    ['a', 'Unexpected', "Unrecognized token 'a'"],
    ["{'a': 1}", 'single quotes', "Unexpected character (''' (code 39)): was expecting double-quote"],
    [' ', 'nothing', 'Invalid execution input.'],
  ])('says of the input %j what AWS says of it', async (input, _, says) => {
    const stateMachineArn = await machine('asked', { P: { Type: 'Pass', End: true } });
    await expect(call('StartExecution', { stateMachineArn, input })).rejects.toMatchObject({
      code: 'InvalidExecutionInput',
      message: expect.stringContaining(`Invalid State Machine Execution Input: '${says}`),
    });
  });

  it('tags with keys that AWS would take', async () => {
    const resourceArn = await machine('tagged', { P: { Type: 'Pass', End: true } });
    for (const [key, value] of [
      ['aws:mine', 'x'],
      ['k'.repeat(129), 'x'],
      ['k', 'v'.repeat(257)],
    ] as const)
      await expect(call('TagResource', { resourceArn, tags: [{ key, value }] })).rejects.toMatchObject({
        code: 'ValidationException',
      });
    await call('TagResource', { resourceArn, tags: [{ key: 'k'.repeat(128), value: 'v'.repeat(256) }] });
    expect((await call('ListTagsForResource', { resourceArn })).tags).toHaveLength(1);
  });

  it('tells all that is wrong with a definition, and where', async () => {
    const definition = JSON.stringify({
      QueryLanguage: 'JSONata',
      StartAt: 'A',
      States: {
        A: { Type: 'Pass', Output: '{% 1 + %}', Next: 'Nowhere' },
        B: { Type: 'Task', Resource: 'lambda', End: true, Parameters: {} },
      },
    });
    const { result, diagnostics } = await call('ValidateStateMachineDefinition', { definition });
    expect(result).toBe('FAIL');
    expect(
      (diagnostics as { location: string; code: string }[]).map(({ code, location }) => `${code} ${location}`),
    ).toEqual([
      'MISSING_TRANSITION_TARGET /States/A/Next',
      'INVALID_JSONATA_EXPRESSION /States/A/Output',
      'SCHEMA_VALIDATION_FAILED /States/B',
      'SCHEMA_VALIDATION_FAILED /States/B/Resource',
      'MISSING_TRANSITION_TARGET /States/B',
    ]);
    await expect(call('CreateStateMachine', { name: 'x', definition, roleArn: ROLE })).rejects.toMatchObject({
      code: 'InvalidDefinition',
    });
  });

  it.each([
    [
      'DescribeStateMachine',
      { stateMachineArn: 'arn:aws:states:us-east-1:000000000000:stateMachine:none' },
      'StateMachineDoesNotExist',
    ],
    [
      'DescribeExecution',
      { executionArn: 'arn:aws:states:us-east-1:000000000000:execution:none:x' },
      'ExecutionDoesNotExist',
    ],
    ['StartExecution', { stateMachineArn: 'nonsense' }, 'InvalidArn'],
    ['CreateStateMachine', { name: 'a b', definition: '{}', roleArn: ROLE }, 'InvalidName'],
    ['CreateStateMachine', { name: 'a', definition: '{}' }, 'ValidationException'],
    ['ListStateMachines', { maxResults: 1001 }, 'ValidationException'],
    ['ListStateMachines', { nextToken: 'nonsense' }, 'InvalidToken'],
    ['DoTheDishes', {}, 'UnknownOperationException'],
  ])('refuses %s %j with %s', async (operation, body, code) => {
    await expect(call(operation, body)).rejects.toMatchObject({ code });
  });
});
