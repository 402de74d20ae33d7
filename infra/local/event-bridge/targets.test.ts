import { CloudWatchLogsClient, CreateLogGroupCommand, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  EventBridgeClient,
  PutEventsCommand,
  PutRuleCommand,
  PutTargetsCommand,
  type Target,
} from '@aws-sdk/client-eventbridge';
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  ListExecutionsCommand,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testQueue } from '../test-support/queue.ts';
import { sdk, startTestStack, type TestStack } from '../test-support/start.ts';

const RoleArn = 'arn:aws:iam::000000000000:role/rules';
const functionArn = (name: string) => `arn:aws:lambda:us-east-1:000000000000:function:${name}`;

describe('what rules call', () => {
  let stack: TestStack;
  let bus: EventBridgeClient;
  let steps: SFNClient;
  let sqs: SQSClient;

  beforeAll(async () => {
    stack = await startTestStack();
    bus = new EventBridgeClient(sdk(stack));
    steps = new SFNClient(sdk(stack));
    sqs = new SQSClient(sdk(stack));
    await stack.local('clock', { to: '2030-01-01T00:00:00Z', freeze: true });
  });
  afterAll(() => stack.end());

  const rule = async (Name: string, pattern: object, ...Targets: Target[]) => {
    await bus.send(new PutRuleCommand({ Name, EventPattern: JSON.stringify(pattern) }));
    await bus.send(new PutTargetsCommand({ Rule: Name, Targets }));
  };
  const put = async (Source: string, detail: object) => {
    const { Entries } = await bus.send(
      new PutEventsCommand({ Entries: [{ Source, DetailType: 'order', Detail: JSON.stringify(detail) }] }),
    );
    await stack.clock.settled();
    return Entries?.[0]?.EventId ?? '';
  };
  const machine = async (name: string, definition: object) =>
    (
      await steps.send(
        new CreateStateMachineCommand({ name, roleArn: RoleArn, definition: JSON.stringify(definition) }),
      )
    ).stateMachineArn ?? '';
  const executions = async (stateMachineArn: string) =>
    (await steps.send(new ListExecutionsCommand({ stateMachineArn }))).executions ?? [];

  it('a state machine is started once for an event, with what the target says', async () => {
    const stateMachineArn = await machine('greeter', { StartAt: 'Done', States: { Done: { Type: 'Succeed' } } });
    await rule(
      'greet',
      { source: ['shop'] },
      {
        Id: 'm',
        Arn: stateMachineArn,
        RoleArn,
        InputTransformer: { InputPathsMap: { who: '$.detail.who' }, InputTemplate: '{"hello": <who>}' },
      },
    );
    const id = await put('shop', { who: '小梅' });
    const [execution, ...more] = await executions(stateMachineArn);
    expect(more).toEqual([]);
    expect(execution?.name).toMatch(new RegExp(`^${id}_[0-9a-f-]{36}$`));
    const { executionArn } = execution ?? {};
    expect(await steps.send(new DescribeExecutionCommand({ executionArn }))).toMatchObject({
      status: 'SUCCEEDED',
      input: '{"hello": "小梅"}',
    });
  });

  it('a function that fails is tried twice more by Lambda, after one and two minutes, whatever the rule says', async () => {
    const letters = await testQueue(sqs, 'letters');
    await rule(
      'call',
      { source: ['failing'] },
      {
        Id: 'f',
        Arn: functionArn('pergola-steps-decide'),
        Input: '{"fail":"always"}',
        RetryPolicy: { MaximumRetryAttempts: 0 },
        DeadLetterConfig: { Arn: letters.arn },
      },
    );
    const start = stack.clock.now();
    const before = stack.calls('step').length;
    await put('failing', {});
    await stack.local('clock', { advance: 'PT1H' });
    const calls = stack.calls('step').slice(before);
    expect(calls.map(({ at }) => (at - start) / 60_000)).toEqual([0, 1, 3]);
    expect(await letters.take()).toEqual([]);
    const { items } = await stack.local<{ items: { queue: string; error: string; receives: number }[] }>(
      'dead-letters',
    );
    expect(items).toMatchObject([{ queue: 'async-pergola-steps-decide', receives: 3, error: 'Pergola.Ended: always' }]);
    expect(await stack.local('dead-letters/redrive', {})).toEqual({ redriven: 1 });
    await stack.clock.settled();
    expect(stack.calls('step').length).toBe(before + 4);
    await stack.local('clock', { advance: 'PT1H' });
  });

  it('what does not exist gets nothing: the event lies in the dead-letter queue with the reason', async () => {
    const letters = await testQueue(sqs, 'undelivered');
    const dead = { DeadLetterConfig: { Arn: letters.arn } };
    await rule(
      'lost',
      { source: ['lost'] },
      { Id: 'f', Arn: functionArn('nobody'), ...dead },
      { Id: 'q', Arn: 'arn:aws:sqs:us-east-1:000000000000:nowhere', ...dead },
      { Id: 'm', Arn: 'arn:aws:states:us-east-1:000000000000:stateMachine:none', RoleArn, ...dead },
      { Id: 'b', Arn: 'arn:aws:events:us-east-1:000000000000:event-bus/none', RoleArn, ...dead },
    );
    const id = await put('lost', { n: 1 });
    const messages = await letters.take();
    expect(messages.map(({ MessageAttributes: told }) => told?.['ERROR_CODE']?.StringValue)).toEqual(
      Array(4).fill('NO_RESOURCE'),
    );
    expect(new Set(messages.map(({ MessageAttributes: told }) => told?.['TARGET_ARN']?.StringValue)).size).toBe(4);
    expect(messages[0]?.MessageAttributes).toMatchObject({
      RULE_ARN: { StringValue: 'arn:aws:events:us-east-1:000000000000:rule/lost', DataType: 'String' },
      RETRY_ATTEMPTS: { StringValue: '0' },
    });
    expect(messages.map(({ Body = '' }) => JSON.parse(Body).id)).toEqual(Array(4).fill(id));
  });

  it('a FIFO queue gets events by their group, and a log group a line for each', async () => {
    const logs = new CloudWatchLogsClient(sdk(stack));
    const logGroupName = '/aws/events/orders';
    await logs.send(new CreateLogGroupCommand({ logGroupName }));
    const fifo = await testQueue(sqs, 'in-order.fifo', { FifoQueue: 'true' });
    await rule(
      'kept',
      { source: ['kept'] },
      { Id: 'q', Arn: fifo.arn, SqsParameters: { MessageGroupId: 'orders' }, InputPath: '$.detail' },
      { Id: 'l', Arn: `arn:aws:logs:us-east-1:000000000000:log-group:${logGroupName}`, InputPath: '$.detail' },
    );
    for (const n of [1, 2, 3]) await put('kept', { n });
    const [first, ...others] = await fifo.take();
    expect([first, ...others].map((message) => message?.Body)).toEqual(['{"n":1}', '{"n":2}', '{"n":3}']);
    expect(first?.Attributes).toMatchObject({ MessageGroupId: 'orders' });
    const { events } = await logs.send(new FilterLogEventsCommand({ logGroupName }));
    expect(events?.map(({ message }) => message)).toEqual(['{"n":1}', '{"n":2}', '{"n":3}']);
  });

  it('the status of executions is an event on the default bus, in the shape of AWS', async () => {
    const queue = await testQueue(sqs, 'statuses');
    const stateMachineArn = await machine('watched', {
      StartAt: 'Decide',
      States: {
        Decide: { Type: 'Choice', Choices: [{ Variable: '$.ok', BooleanEquals: true, Next: 'Good' }], Default: 'Bad' },
        Good: { Type: 'Succeed' },
        Bad: { Type: 'Fail', Error: 'Sad', Cause: 'because' },
      },
    });
    await rule(
      'watch',
      {
        source: ['aws.states'],
        'detail-type': ['Step Functions Execution Status Change'],
        detail: { stateMachineArn: [stateMachineArn] },
      },
      { Id: 'q', Arn: queue.arn },
    );
    const { executionArn } = await steps.send(
      new StartExecutionCommand({ stateMachineArn, name: 'one', input: '{"ok":true}' }),
    );
    await steps.send(new StartExecutionCommand({ stateMachineArn, name: 'two', input: '{"ok":false}' }));
    await stack.clock.settled();
    const events = await queue.bodies<{ detail: { name: string; status: string } }>();
    expect(events.map(({ detail }) => `${detail.name} ${detail.status}`).sort()).toEqual([
      'one RUNNING',
      'one SUCCEEDED',
      'two FAILED',
      'two RUNNING',
    ]);
    const of = (name: string, status: string) =>
      events.find(({ detail }) => detail.name === name && detail.status === status);
    const startDate = stack.clock.now();
    expect(of('one', 'RUNNING')).toEqual({
      version: '0',
      id: expect.any(String),
      'detail-type': 'Step Functions Execution Status Change',
      source: 'aws.states',
      account: '000000000000',
      time: '2030-01-01T02:00:00Z',
      region: 'us-east-1',
      resources: [executionArn],
      detail: {
        executionArn,
        stateMachineArn,
        stateMachineVersionArn: null,
        stateMachineAliasArn: null,
        name: 'one',
        status: 'RUNNING',
        startDate,
        stopDate: null,
        input: '{"ok":true}',
        output: null,
        inputDetails: { included: true },
        outputDetails: null,
        error: null,
        cause: null,
        redriveCount: 0,
        redriveDate: null,
        redriveStatus: 'NOT_REDRIVABLE',
        redriveStatusReason: 'Execution is RUNNING and cannot be redriven',
      },
    });
    expect(of('one', 'SUCCEEDED')?.detail).toMatchObject({
      stopDate: startDate,
      output: '{"ok":true}',
      outputDetails: { included: true },
    });
    expect(of('two', 'FAILED')?.detail).toMatchObject({
      error: 'Sad',
      cause: 'because',
      output: null,
      redriveStatus: 'REDRIVABLE',
      redriveStatusReason: null,
    });
  });

  it('large inputs and outputs of executions are left out of the events that tell of them', async () => {
    const queue = await testQueue(sqs, 'large');
    const stateMachineArn = await machine('large', {
      StartAt: 'Fill',
      States: { Fill: { Type: 'Pass', Parameters: { 'as.$': '$.text' }, End: true } },
    });
    const pattern = { source: ['aws.states'], detail: { stateMachineArn: [stateMachineArn] } };
    await rule('watch-large', pattern, { Id: 'q', Arn: queue.arn });
    const told = async (size: number) => {
      const text = JSON.stringify({ text: 'x'.repeat(size) });
      await steps.send(new StartExecutionCommand({ stateMachineArn, input: text }));
      await stack.clock.settled();
      const events = await queue.bodies<{ detail: Record<string, unknown> }>();
      const { input, inputDetails, output, outputDetails } =
        events.find(({ detail }) => detail['status'] === 'SUCCEEDED')?.detail ?? {};
      return { input: input === null, output: output === null, inputDetails, outputDetails };
    };
    const [there, left] = [{ included: true }, { included: false }];
    expect(await told(120_000)).toEqual({ input: false, output: false, inputDetails: there, outputDetails: there });
    expect(await told(130_000)).toEqual({ input: true, output: false, inputDetails: left, outputDetails: there });
    expect(await told(255_000)).toEqual({ input: true, output: true, inputDetails: left, outputDetails: left });
  });
});
