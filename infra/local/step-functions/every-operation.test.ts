/**
 * Every operation of the service, called once or more in the order in which somebody would: with the AWS SDK, and the same
 * story with the AWS CLI.
 */
import * as sfn from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { awsCli } from '../test-support/aws-cli.ts';
import { type Call, cliCaller, type Json, sdkCaller } from '../test-support/callers.ts';
import { sdk, startTestStack, type TestStack } from '../test-support/start.ts';
import { OPERATIONS } from './operations/index.ts';

const roleArn = 'arn:aws:iam::000000000000:role/r';
const program = await awsCli();
/** For Express machines only. */
const NOT_STANDARD = 'StartSyncExecution';

const machine = (activity: unknown) =>
  JSON.stringify({
    StartAt: 'Work',
    States: { Work: { Type: 'Task', Resource: activity, HeartbeatSeconds: 600, End: true } },
  });
const mapping = JSON.stringify({
  QueryLanguage: 'JSONata',
  StartAt: 'Each',
  States: {
    Each: {
      Type: 'Map',
      ItemProcessor: {
        ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
        StartAt: 'Wait',
        States: { Wait: { Type: 'Wait', Seconds: 3600, End: true } },
      },
      End: true,
    },
  },
});

/** What somebody does with state machines from the first day to the last; `tag` keeps names apart. */
async function story(call: Call, tag: string): Promise<void> {
  const names = (list: unknown, key: string) => (list as Json[]).map((one) => one[key]);
  const status = async (executionArn: unknown) => (await call('DescribeExecution', { executionArn }))['status'];

  const { activityArn } = await call('CreateActivity', { name: `work-${tag}` });
  expect(await call('DescribeActivity', { activityArn })).toMatchObject({ name: `work-${tag}` });
  expect(names((await call('ListActivities', {}))['activities'], 'activityArn')).toContain(activityArn);

  const definition = machine(activityArn);
  expect(await call('ValidateStateMachineDefinition', { definition })).toMatchObject({ result: 'OK' });
  const pass = JSON.stringify({ Type: 'Pass', Result: { ok: true }, End: true });
  expect(await call('TestState', { definition: pass, roleArn })).toMatchObject({
    status: 'SUCCEEDED',
    output: '{"ok":true}',
  });

  const made = await call('CreateStateMachine', { name: `m-${tag}`, definition, roleArn });
  const { stateMachineArn } = made;
  await call('UpdateStateMachine', { stateMachineArn, definition: definition.replace('600', '900') });
  const one = await call('PublishStateMachineVersion', { stateMachineArn, description: 'one' });
  await call('UpdateStateMachine', { stateMachineArn, definition });
  const two = await call('PublishStateMachineVersion', { stateMachineArn });
  expect(
    names(
      (await call('ListStateMachineVersions', { stateMachineArn }))['stateMachineVersions'],
      'stateMachineVersionArn',
    ),
  ).toEqual([two['stateMachineVersionArn'], one['stateMachineVersionArn']]);
  expect(names((await call('ListStateMachines', {}))['stateMachines'], 'stateMachineArn')).toContain(stateMachineArn);
  expect(await call('DescribeStateMachine', { stateMachineArn })).toMatchObject({ status: 'ACTIVE', definition });

  const route = ({ stateMachineVersionArn }: Json) => [{ stateMachineVersionArn, weight: 100 }];
  const alias = { name: 'live', routingConfiguration: route(one) };
  const { stateMachineAliasArn } = await call('CreateStateMachineAlias', alias);
  await call('UpdateStateMachineAlias', { stateMachineAliasArn, routingConfiguration: route(two) });
  expect(await call('DescribeStateMachineAlias', { stateMachineAliasArn })).toMatchObject({
    routingConfiguration: route(two),
  });
  const aliases = await call('ListStateMachineAliases', { stateMachineArn });
  expect(names(aliases['stateMachineAliases'], 'stateMachineAliasArn')).toEqual([stateMachineAliasArn]);

  const tags = [{ key: 'team', value: '私域' }];
  await call('TagResource', { resourceArn: stateMachineArn, tags });
  expect(await call('ListTagsForResource', { resourceArn: stateMachineArn })).toEqual({ tags });
  await call('UntagResource', { resourceArn: stateMachineArn, tagKeys: ['team'] });

  const first = { stateMachineArn: stateMachineAliasArn, name: 'first', input: '{"who":"mei"}' };
  const { executionArn } = await call('StartExecution', first);
  const work = await call('GetActivityTask', { activityArn, workerName: 'me' });
  expect(work['input']).toBe('{"who":"mei"}');
  await call('SendTaskHeartbeat', { taskToken: work['taskToken'] });
  await call('SendTaskSuccess', { taskToken: work['taskToken'], output: '{"done":true}' });
  await expect.poll(() => status(executionArn)).toBe('SUCCEEDED');
  expect(await call('DescribeStateMachineForExecution', { executionArn })).toMatchObject({
    stateMachineArn,
    definition,
  });
  const { events } = await call('GetExecutionHistory', { executionArn });
  expect(names(events, 'type')).toEqual([
    'ExecutionStarted',
    'TaskStateEntered',
    'ActivityScheduled',
    'ActivityStarted',
    'ActivitySucceeded',
    'TaskStateExited',
    'ExecutionSucceeded',
  ]);
  expect(names((await call('ListExecutions', { stateMachineArn }))['executions'], 'executionArn')).toEqual([
    executionArn,
  ]);

  const second = await call('StartExecution', { stateMachineArn, name: 'second' });
  const failing = await call('GetActivityTask', { activityArn });
  await call('SendTaskFailure', { taskToken: failing['taskToken'], error: 'Broken', cause: 'It broke' });
  await expect.poll(() => status(second['executionArn'])).toBe('FAILED');
  await call('RedriveExecution', { executionArn: second['executionArn'] });
  await call('GetActivityTask', { activityArn });
  await call('StopExecution', { executionArn: second['executionArn'], error: 'Enough' });
  expect(await call('DescribeExecution', { executionArn: second['executionArn'] })).toMatchObject({
    status: 'ABORTED',
    error: 'Enough',
  });
  const redriven = await call('GetExecutionHistory', { executionArn: second['executionArn'] });
  expect(names(redriven['events'], 'type')).toContain('ExecutionRedriven');

  const each = await call('CreateStateMachine', { name: `each-${tag}`, definition: mapping, roleArn });
  const mapped = await call('StartExecution', { stateMachineArn: each['stateMachineArn'], input: '[1,2,3]' });
  const runs = async () =>
    (await call('ListMapRuns', { executionArn: mapped['executionArn'] }))['mapRuns'] as { mapRunArn: string }[];
  await expect.poll(async () => (await runs()).length).toBe(1);
  const mapRunArn = (await runs())[0]?.mapRunArn;
  await call('UpdateMapRun', { mapRunArn, maxConcurrency: 2 });
  expect(await call('DescribeMapRun', { mapRunArn })).toMatchObject({
    status: 'RUNNING',
    maxConcurrency: 2,
    itemCounts: { total: 3 },
  });
  await call('StopExecution', { executionArn: mapped['executionArn'] });

  await call('DeleteStateMachineAlias', { stateMachineAliasArn });
  await call('DeleteStateMachineVersion', one);
  await call('DeleteStateMachine', { stateMachineArn });
  await call('DeleteActivity', { activityArn });
  expect(names((await call('ListActivities', {}))['activities'], 'activityArn')).not.toContain(activityArn);
}

describe('every operation of Step Functions', { timeout: 240_000 }, () => {
  let stack: TestStack;
  let call: Call;
  beforeAll(async () => {
    stack = await startTestStack();
    call = sdkCaller(sfn, new sfn.SFNClient({ ...sdk(stack), disableHostPrefix: true }));
  });
  afterAll(() => stack.end());

  it('is called by the AWS SDK', async () => {
    const called = new Set<string>();
    await story((operation, input) => {
      called.add(operation);
      return call(operation, input);
    }, 'sdk');
    expect(OPERATIONS.filter((operation) => !called.has(operation))).toEqual([NOT_STANDARD]);
  });

  it.skipIf(!program)('is called by the AWS CLI, as far as the one that is installed knows it', async () => {
    const unknown = new Set<string>();
    const endpoint = stack.urls.endpoint;
    await story(
      cliCaller({ program: program ?? '', endpoint, service: 'stepfunctions', otherwise: call, unknown }),
      'cli',
    );
    if (unknown.size > 0) console.info(`not known to this AWS CLI, called by the SDK: ${[...unknown].join(', ')}`);
    expect([...unknown]).not.toContain('StartExecution');
  });
});
