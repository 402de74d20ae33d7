import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DeleteLogGroupCommand,
  DeleteLogStreamCommand,
  DeleteRetentionPolicyCommand,
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  FilterLogEventsCommand,
  type FilterLogEventsCommandInput,
  GetLogEventsCommand,
  ListTagsForResourceCommand,
  PutLogEventsCommand,
  PutRetentionPolicyCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { CreateStateMachineCommand, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStore } from '../store.ts';
import { rejected, sdk, startTestStack, type TestStack } from '../test-support/start.ts';
import { openLogStore } from './log-store.ts';

describe('CloudWatch Logs, driven by the AWS SDK', () => {
  let stack: TestStack;
  let logs: CloudWatchLogsClient;
  const START = Date.UTC(2030, 0, 1);
  const group = { logGroupName: '/shop/orders' };
  const stream = { ...group, logStreamName: 'web-1' };

  beforeAll(async () => {
    stack = await startTestStack();
    logs = new CloudWatchLogsClient(sdk(stack));
    await stack.local('clock', { to: new Date(START).toISOString(), freeze: true });
  });
  afterAll(() => stack.end());

  const put = (logEvents: { timestamp: number; message: string }[], where = stream) =>
    logs.send(new PutLogEventsCommand({ ...where, logEvents }));
  const filter = async (more: Partial<FilterLogEventsCommandInput> = {}) =>
    (await logs.send(new FilterLogEventsCommand({ ...group, ...more }))).events?.map(({ message }) => message);

  it('keeps groups and streams', async () => {
    await logs.send(new CreateLogGroupCommand({ ...group, tags: { team: 'shop' } }));
    await logs.send(new PutRetentionPolicyCommand({ ...group, retentionInDays: 30 }));
    await logs.send(new CreateLogStreamCommand(stream));
    await logs.send(new CreateLogStreamCommand({ ...group, logStreamName: 'web-2' }));
    const arn = 'arn:aws:logs:us-east-1:000000000000:log-group:/shop/orders';
    const { logGroups } = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: '/shop' }));
    expect(logGroups).toMatchObject([{ ...group, arn: `${arn}:*`, retentionInDays: 30, creationTime: START }]);
    const resourceArn = arn;
    await logs.send(new TagResourceCommand({ resourceArn, tags: { cost: '1' } }));
    await logs.send(new UntagResourceCommand({ resourceArn, tagKeys: ['team'] }));
    expect((await logs.send(new ListTagsForResourceCommand({ resourceArn }))).tags).toEqual({ cost: '1' });
    expect(await rejected(logs.send(new CreateLogGroupCommand(group)))).toMatchObject({
      name: 'ResourceAlreadyExistsException',
    });
    expect(await rejected(logs.send(new PutRetentionPolicyCommand({ ...group, retentionInDays: 2 })))).toMatchObject({
      name: 'InvalidParameterException',
    });
  });

  it('takes lines, and gives them back from either end', async () => {
    await put([1, 2, 3, 4, 5].map((n) => ({ timestamp: START + n, message: `line ${n}` })));
    const get = async (more: object) => {
      const answer = await logs.send(new GetLogEventsCommand({ ...stream, limit: 2, ...more }));
      return { ...answer, lines: answer.events?.map(({ message }) => message) };
    };
    const last = await get({});
    expect(last.lines).toEqual(['line 4', 'line 5']);
    const before = await get({ nextToken: last.nextBackwardToken });
    expect(before.lines).toEqual(['line 2', 'line 3']);
    const first = await get({ startFromHead: true });
    expect(first.lines).toEqual(['line 1', 'line 2']);
    const end = await get({ nextToken: last.nextForwardToken });
    expect([end.lines, end.nextForwardToken]).toEqual([[], last.nextForwardToken]);
    expect((await get({ startFromHead: true, startTime: START + 3, endTime: START + 4 })).lines).toEqual(['line 3']);
    const { logStreams } = await logs.send(
      new DescribeLogStreamsCommand({ ...group, orderBy: 'LastEventTime', descending: true }),
    );
    expect(logStreams).toMatchObject([
      { logStreamName: 'web-1', firstEventTimestamp: START + 1, lastEventTimestamp: START + 5 },
      { logStreamName: 'web-2' },
    ]);
  });

  it('finds lines by words, phrases and JSON, page by page', async () => {
    const other = { ...group, logStreamName: 'web-2' };
    const lines = [
      '{"level":"INFO","ms":12,"order":{"id":"o-1"}}',
      '{"level":"ERROR","ms":250,"order":{"id":"o-2"}}',
      'plain ERROR: no such order',
      'plain warning',
    ];
    await put(
      lines.map((message, n) => ({ timestamp: START + 100 + n, message })),
      other,
    );
    expect(await filter({ filterPattern: 'ERROR' })).toEqual([lines[1], lines[2]]);
    expect(await filter({ filterPattern: '"no such order"' })).toEqual([lines[2]]);
    expect(await filter({ filterPattern: 'plain -ERROR' })).toEqual([lines[3]]);
    expect(await filter({ filterPattern: '?warning ?INFO' })).toEqual([lines[0], lines[3]]);
    expect(await filter({ filterPattern: '{ $.level = "ERROR" && $.ms > 100 }' })).toEqual([lines[1]]);
    expect(await filter({ filterPattern: '{ $.order.id = "o-*" }' })).toEqual([lines[0], lines[1]]);
    expect(await filter({ logStreamNames: ['web-1'] })).toHaveLength(5);
    expect(await filter({ logStreamNamePrefix: 'web-2', startTime: START + 103 })).toEqual([lines[3]]);
    const first = await logs.send(new FilterLogEventsCommand({ ...group, limit: 6 }));
    const second = await logs.send(new FilterLogEventsCommand({ ...group, limit: 6, nextToken: first.nextToken }));
    expect([first.events?.length, second.events?.length, second.nextToken]).toEqual([6, 3, undefined]);
    expect(await rejected(filter({ filterPattern: '[a, b]' }))).toMatchObject({ name: 'InvalidParameterException' });
  });

  it('refuses what AWS refuses, and passes over what is too old or too new', async () => {
    const lines = (...moments: number[]) => moments.map((timestamp) => ({ timestamp, message: 'x' }));
    expect(await rejected(put(lines(START + 2, START + 1)))).toMatchObject({ name: 'InvalidParameterException' });
    expect(await rejected(put(lines(START), { ...stream, logStreamName: 'none' }))).toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'The specified log stream does not exist.',
    });
    const { rejectedLogEventsInfo } = await put(lines(START - 20 * 86_400_000, START, START + 3 * 3_600_000));
    expect(rejectedLogEventsInfo).toEqual({ tooOldLogEventEndIndex: 1, tooNewLogEventStartIndex: 2 });
  });

  it('forgets a stream or a group', async () => {
    await logs.send(new DeleteRetentionPolicyCommand(group));
    await logs.send(new DeleteLogStreamCommand(stream));
    expect(await filter({ logStreamNames: ['web-1'] })).toEqual([]);
    await logs.send(new DeleteLogGroupCommand(group));
    expect(await rejected(filter())).toMatchObject({ message: 'The specified log group does not exist.' });
  });

  it('holds the history of the machines that ask for it', async () => {
    const sfn = new SFNClient(sdk(stack));
    const logGroupName = '/machines';
    const logGroupArn = `arn:aws:logs:us-east-1:000000000000:log-group:${logGroupName}:*`;
    const machine = {
      name: 'logged',
      roleArn: 'arn:aws:iam::000000000000:role/r',
      definition: JSON.stringify({ StartAt: 'Ok', States: { Ok: { Type: 'Pass', End: true } } }),
      loggingConfiguration: {
        level: 'ALL' as const,
        includeExecutionData: true,
        destinations: [{ cloudWatchLogsLogGroup: { logGroupArn } }],
      },
    };
    expect(await rejected(sfn.send(new CreateStateMachineCommand(machine)))).toMatchObject({
      name: 'InvalidLoggingConfiguration',
    });
    await logs.send(new CreateLogGroupCommand({ logGroupName }));
    const { stateMachineArn } = await sfn.send(new CreateStateMachineCommand(machine));
    await sfn.send(new StartExecutionCommand({ stateMachineArn, input: '{"who":"美"}' }));
    await stack.clock.settled();
    const { events = [] } = await logs.send(
      new FilterLogEventsCommand({ logGroupName, filterPattern: '{ $.id = "1" }' }),
    );
    expect(events.map(({ message = '' }) => JSON.parse(message))).toMatchObject([
      { type: 'ExecutionStarted', details: { input: '{"who":"美"}' } },
    ]);
    const all = await logs.send(new FilterLogEventsCommand({ logGroupName }));
    expect(all.events?.map(({ message = '' }) => JSON.parse(message).type)).toEqual([
      'ExecutionStarted',
      'PassStateEntered',
      'PassStateExited',
      'ExecutionSucceeded',
    ]);
  });

  it('holds what the hosted functions print, each in its group, between the lines of Lambda', async () => {
    const lambda = new LambdaClient(sdk(stack));
    const invoke = (payload: object) =>
      lambda.send(new InvokeCommand({ FunctionName: 'pergola-steps-decide', Payload: JSON.stringify(payload) }));
    await Promise.all(['one', 'two'].map((print) => invoke({ print: `said ${print}` })));
    const logGroupName = '/aws/lambda/pergola-steps-decide';
    const { events = [] } = await logs.send(new FilterLogEventsCommand({ logGroupName }));
    const messages = events.map(({ message = '' }) => message);
    expect(messages.filter((message) => message.startsWith('said')).sort()).toEqual(['said one', 'said two']);
    expect(messages.filter((message) => /^(START|END|REPORT) RequestId: [0-9a-f-]{36}/.test(message))).toHaveLength(6);
    expect(events[0]).toMatchObject({
      timestamp: START,
      logStreamName: expect.stringMatching(/^2030\/01\/01\/\[\$LATEST\][0-9a-f]{32}$/),
    });
    expect(stack.calls('step').at(-1)?.context).toMatchObject({
      logGroupName,
      logStreamName: events[0]?.logStreamName,
    });
  });
});

it('keeps the newest lines of a group, however many are written, and however long', () => {
  const store = openLogStore(openStore(':memory:'));
  for (let batch = 0; batch < 30; batch++)
    store.add(
      'g',
      Array.from({ length: 1000 }, (_, n) => ({ stream: 's', at: batch * 1000 + n, message: `${batch * 1000 + n}` })),
      0,
    );
  const lines = store.read('g', {}, 100_000);
  expect(lines.length).toBeGreaterThanOrEqual(10_000);
  expect(lines.length).toBeLessThan(12_000);
  expect(lines.at(-1)?.message).toBe('29999');

  for (let n = 0; n < 200; n++)
    store.add('long', [{ stream: 's', at: n, message: `${n} `.padEnd(200 * 1024, 'x') }], 0);
  expect(store.bytes('long')).toBeLessThan(12 * 1024 * 1024);
  expect(store.read('long', {}, 1, true)[0]?.message).toMatch(/^199 /);
});
