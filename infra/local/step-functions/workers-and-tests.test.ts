/**
 * What goes beyond single calls, walked through with the AWS SDK and with the AWS CLI: activity workers whose heartbeats
 * come and then do not, Maps that are redriven, states that are tested with made-up answers.
 */
import * as sfn from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recentAwsCli } from '../test-support/aws-cli.ts';
import { type Call, cliCaller, type Json, sdkCaller } from '../test-support/callers.ts';
import { sdk, startTestStack, type TestStack } from '../test-support/start.ts';

const roleArn = 'arn:aws:iam::000000000000:role/r';
const program = await recentAwsCli();

interface Walk {
  readonly call: Call;
  readonly tag: string;
  advance(duration: string): Promise<unknown>;
}

const types = (history: Json) => (history['events'] as { type: string }[]).map(({ type }) => type);
const statusOf = async ({ call }: Walk, executionArn: unknown) =>
  (await call('DescribeExecution', { executionArn }))['status'];

async function begun(walk: Walk, name: string, states: Json, input: unknown): Promise<Json> {
  const definition = JSON.stringify({ StartAt: Object.keys(states)[0], States: states });
  const made = await walk.call('CreateStateMachine', { name: `${name}-${walk.tag}`, definition, roleArn });
  const { executionArn } = await walk.call('StartExecution', {
    stateMachineArn: made['stateMachineArn'],
    input: JSON.stringify(input),
  });
  return { executionArn };
}

async function worker(walk: Walk): Promise<void> {
  const { call } = walk;
  const { activityArn } = await call('CreateActivity', { name: `slow-${walk.tag}` });
  const task = { Type: 'Task', Resource: activityArn, HeartbeatSeconds: 6000, TimeoutSeconds: 36000 };
  const run = await begun(
    walk,
    'slow',
    {
      Work: { ...task, Retry: [{ ErrorEquals: ['States.HeartbeatTimeout'], MaxAttempts: 1 }], End: true },
    },
    {},
  );
  const { taskToken } = await call('GetActivityTask', { activityArn, workerName: 'one' });
  for (let times = 0; times < 2; times++) {
    await walk.advance('PT5000S');
    await call('SendTaskHeartbeat', { taskToken });
  }
  expect(await statusOf(walk, run['executionArn'])).toBe('RUNNING');
  await walk.advance('PT6002S');
  await expect(call('SendTaskSuccess', { taskToken, output: '{}' })).rejects.toThrow(/TaskTimedOut|Task Timed Out/);
  const again = await call('GetActivityTask', { activityArn, workerName: 'two' });
  await call('SendTaskSuccess', { taskToken: again['taskToken'], output: '"late"' });
  await expect.poll(() => statusOf(walk, run['executionArn'])).toBe('SUCCEEDED');
  expect(types(await call('GetExecutionHistory', run)).slice(2)).toEqual([
    'ActivityScheduled',
    'ActivityStarted',
    'ActivityTimedOut',
    'ActivityScheduled',
    'ActivityStarted',
    'ActivitySucceeded',
    'TaskStateExited',
    'ExecutionSucceeded',
  ]);
}

async function redrives(walk: Walk, mode: 'INLINE' | 'DISTRIBUTED'): Promise<void> {
  const { call } = walk;
  const { activityArn } = await call('CreateActivity', { name: `${mode.toLowerCase()}-${walk.tag}` });
  const kind = mode === 'INLINE' ? { Mode: mode } : { Mode: mode, ExecutionType: 'STANDARD' };
  const work = { Work: { Type: 'Task', Resource: activityArn, End: true } };
  const { executionArn } = await begun(
    walk,
    mode,
    {
      Each: {
        Type: 'Map',
        MaxConcurrency: 1,
        ItemProcessor: { ProcessorConfig: kind, StartAt: 'Work', States: work },
        End: true,
      },
    },
    ['good', 'bad', 'unseen'],
  );
  const takes = async () => {
    const { taskToken, input } = await call('GetActivityTask', { activityArn });
    return { taskToken, item: JSON.parse(input as string) as string };
  };
  const first = await takes();
  expect(first.item).toBe('good');
  await call('SendTaskSuccess', { taskToken: first.taskToken, output: '"good!"' });
  const second = await takes();
  await call('SendTaskFailure', { taskToken: second.taskToken, error: 'Broken', cause: 'It broke' });
  await expect.poll(() => statusOf(walk, executionArn)).toBe('FAILED');
  expect(await call('DescribeExecution', { executionArn })).toMatchObject({ redriveStatus: 'REDRIVABLE' });

  await call('RedriveExecution', { executionArn });
  for (const expected of ['bad', 'unseen']) {
    const { taskToken, item } = await takes();
    expect(item).toBe(expected);
    await call('SendTaskSuccess', { taskToken, output: JSON.stringify(`${item}!`) });
  }
  await expect.poll(() => statusOf(walk, executionArn)).toBe('SUCCEEDED');
  expect(await call('DescribeExecution', { executionArn })).toMatchObject({
    output: '["good!","bad!","unseen!"]',
    redriveCount: 1,
  });
  expect(types(await call('GetExecutionHistory', { executionArn }))).toContain('ExecutionRedriven');
  if (mode === 'INLINE') return;
  const { mapRuns } = await call('ListMapRuns', { executionArn });
  const [{ mapRunArn } = { mapRunArn: '' }] = mapRuns as { mapRunArn: string }[];
  expect(await call('DescribeMapRun', { mapRunArn })).toMatchObject({
    status: 'SUCCEEDED',
    redriveCount: 1,
    itemCounts: { total: 3, succeeded: 3, failed: 0 },
  });
  const children = (await call('ListExecutions', { mapRunArn }))['executions'] as { redriveCount?: number }[];
  expect(children.map((child) => child.redriveCount ?? 0).sort()).toEqual([0, 0, 1]);
}

async function tests({ call }: Walk): Promise<void> {
  const task = {
    Type: 'Task',
    Resource: 'arn:aws:states:::lambda:invoke',
    Parameters: { FunctionName: 'f', 'Payload.$': '$$.Execution.Name' },
    ResultSelector: { 'total.$': '$.Payload.total' },
    Retry: [{ ErrorEquals: ['Busy'], IntervalSeconds: 2, MaxAttempts: 3 }],
    Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Sorry' }],
    Next: 'Done',
  };
  const asked = (more: Json) => call('TestState', { definition: JSON.stringify(task), input: '{}', ...more });
  const answer = { result: JSON.stringify({ Payload: { total: 7 }, StatusCode: 200 }) };
  expect(
    await asked({ mock: answer, inspectionLevel: 'DEBUG', context: JSON.stringify({ Execution: { Name: 'mei' } }) }),
  ).toMatchObject({
    status: 'SUCCEEDED',
    output: '{"total":7}',
    nextState: 'Done',
    inspectionData: {
      afterParameters: '{"FunctionName":"f","Payload":"mei"}',
      result: answer.result,
      afterResultSelector: '{"total":7}',
    },
  });
  const busy = { errorOutput: { error: 'Busy', cause: 'Later' } };
  expect(
    await asked({ mock: busy, inspectionLevel: 'DEBUG', stateConfiguration: { retrierRetryCount: 2 } }),
  ).toMatchObject({
    status: 'RETRIABLE',
    inspectionData: { errorDetails: { retryIndex: 0, retryBackoffIntervalSeconds: 8 } },
  });
  expect(await asked({ mock: busy, stateConfiguration: { retrierRetryCount: 3 } })).toMatchObject({
    status: 'CAUGHT_ERROR',
    nextState: 'Sorry',
  });
  const wrong = { result: JSON.stringify({ StatusCode: 'two hundred' }) };
  await expect(asked({ mock: wrong })).rejects.toThrow("Field 'StatusCode' must be a number");
  expect(await asked({ mock: { ...wrong, fieldValidationMode: 'NONE' } })).toMatchObject({ status: 'FAILED' });

  const machine = {
    StartAt: 'Each',
    States: {
      Each: {
        Type: 'Map',
        ToleratedFailurePercentage: 40,
        ItemProcessor: {
          ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
          StartAt: 'Add',
          States: { Add: { Type: 'Pass', QueryLanguage: 'JSONata', Output: '{% $states.input + $n %}', End: true } },
        },
        End: true,
      },
    },
  };
  const whole = { definition: JSON.stringify(machine) };
  expect(await call('TestState', { ...whole, stateName: 'Add', input: '1', variables: '{"n": 2}' })).toMatchObject({
    status: 'SUCCEEDED',
    output: '3',
  });
  const map = { ...whole, stateName: 'Each', input: '[1,2,3]', mock: { result: '[4,5,6]' } };
  expect(await call('TestState', { ...map, stateConfiguration: { mapIterationFailureCount: 1 } })).toMatchObject({
    status: 'SUCCEEDED',
    output: '[4,5,6]',
  });
  expect(await call('TestState', { ...map, stateConfiguration: { mapIterationFailureCount: 2 } })).toMatchObject({
    status: 'FAILED',
    error: 'States.ExceedToleratedFailureThreshold',
  });
}

const STORIES: readonly [string, (walk: Walk) => Promise<void>][] = [
  ['a worker whose heartbeats stop loses its task to another', worker],
  ['of a Map, the items that failed or were not begun are redriven', (walk) => redrives(walk, 'INLINE')],
  ['so are those of a distributed Map, and its run tells it', (walk) => redrives(walk, 'DISTRIBUTED')],
  ['a state is tested with made-up answers', tests],
];

describe('Step Functions', { timeout: 600_000 }, () => {
  let stack: TestStack;
  let call: Call;
  beforeAll(async () => {
    stack = await startTestStack();
    call = sdkCaller(sfn, new sfn.SFNClient({ ...sdk(stack), disableHostPrefix: true }));
  });
  afterAll(() => stack.end());
  const advance = (duration: string) => stack.local('clock', { advance: duration });

  it.each(STORIES)('by the SDK: %s', (_, story) => story({ call, tag: 'sdk', advance }));

  it.skipIf(!program).each(STORIES)('by the CLI: %s', async (_, story) => {
    const unknown = new Set<string>();
    const { endpoint } = stack.urls;
    const cli = cliCaller({ program: program ?? '', endpoint, service: 'stepfunctions', otherwise: call, unknown });
    await story({ call: cli, tag: 'cli', advance });
    if (unknown.size > 0) console.info(`not known to this AWS CLI, called by the SDK: ${[...unknown].join(', ')}`);
  });
});
