import {
  CreateEventBusCommand,
  DeleteEventBusCommand,
  DeleteRuleCommand,
  DescribeEventBusCommand,
  DescribeRuleCommand,
  DisableRuleCommand,
  EnableRuleCommand,
  EventBridgeClient,
  ListEventBusesCommand,
  ListRulesCommand,
  ListTargetsByRuleCommand,
  PutEventsCommand,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
  TestEventPatternCommand,
} from '@aws-sdk/client-eventbridge';
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sdk, startTestStack, type TestStack } from '../test-support/start.ts';

describe('EventBridge, driven by the AWS SDK', () => {
  let stack: TestStack;
  let bus: EventBridgeClient;
  let sqs: SQSClient;

  beforeAll(async () => {
    stack = await startTestStack();
    bus = new EventBridgeClient(sdk(stack));
    sqs = new SQSClient(sdk(stack));
  });
  afterAll(() => stack.end());

  const entry = (more: object = {}) => ({ Source: 'shop', DetailType: 'order', Detail: '{"n":1}', ...more });
  const rejected = (work: Promise<unknown>) =>
    work.then(
      () => undefined,
      (error: Error) => error,
    );

  describe('PutEvents', () => {
    it('answers for each event by itself, in order', async () => {
      const { FailedEntryCount, Entries } = await bus.send(
        new PutEventsCommand({
          Entries: [
            entry(),
            entry({ Detail: '{not json' }),
            entry({ Detail: '[1]' }),
            entry({ Source: undefined }),
            entry({ Source: 'aws.ec2' }),
            entry({ DetailType: '' }),
          ],
        }),
      );
      expect(FailedEntryCount).toBe(5);
      expect(Entries?.map((one) => one.ErrorCode ?? 'taken')).toEqual([
        'taken',
        'MalformedDetail',
        'MalformedDetail',
        'InvalidArgument',
        'NotAuthorizedForSourceException',
        'InvalidArgument',
      ]);
      expect(Entries?.[0]?.EventId).toMatch(/^[0-9a-f-]{36}$/);
    });

    it('refuses none, more than ten, and more than a megabyte', async () => {
      expect(await rejected(bus.send(new PutEventsCommand({ Entries: [] })))).toMatchObject({
        name: 'ValidationException',
      });
      expect(await rejected(bus.send(new PutEventsCommand({ Entries: Array(11).fill(entry()) })))).toMatchObject({
        name: 'ValidationException',
        message: expect.stringContaining('Member must have length less than or equal to 10'),
        $metadata: { httpStatusCode: 400, requestId: expect.any(String) },
      });
      const large = entry({ Detail: JSON.stringify({ text: 'x'.repeat(600_000) }) });
      expect(await rejected(bus.send(new PutEventsCommand({ Entries: [large, large] })))).toMatchObject({
        message: 'Total size of the entries in the request is over the limit.',
      });
    });
  });

  describe('rules and targets', () => {
    const Rule = 'big-orders';
    const EventPattern = JSON.stringify({ source: ['shop'], detail: { total: [{ numeric: ['>=', 100] }] } });
    const order = (total: number) =>
      bus.send(
        new PutEventsCommand({
          Entries: [
            {
              EventBusName: 'garden',
              Source: 'shop',
              DetailType: 'order',
              Detail: `{"total":${total},"id":"o-${total}"}`,
            },
          ],
        }),
      );
    let queueUrl = '';
    let queueArn = '';

    it('makes a bus, a rule on it, and a queue and a function as its targets', async () => {
      await bus.send(new CreateEventBusCommand({ Name: 'garden' }));
      expect((await bus.send(new DescribeEventBusCommand({ Name: 'garden' }))).Arn).toBe(
        'arn:aws:events:us-east-1:000000000000:event-bus/garden',
      );
      const { RuleArn } = await bus.send(new PutRuleCommand({ Name: Rule, EventBusName: 'garden', EventPattern }));
      expect(RuleArn).toBe('arn:aws:events:us-east-1:000000000000:rule/garden/big-orders');
      queueUrl = (await sqs.send(new CreateQueueCommand({ QueueName: 'big-orders' }))).QueueUrl ?? '';
      const { Attributes } = await sqs.send(
        new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: ['QueueArn'] }),
      );
      queueArn = Attributes?.['QueueArn'] ?? '';
      await bus.send(
        new PutTargetsCommand({
          Rule,
          EventBusName: 'garden',
          Targets: [
            { Id: 'queue', Arn: queueArn, InputPath: '$.detail' },
            { Id: 'function', Arn: 'arn:aws:lambda:us-east-1:000000000000:function:pergola-steps-decide' },
          ],
        }),
      );
      const { Targets } = await bus.send(new ListTargetsByRuleCommand({ Rule, EventBusName: 'garden' }));
      expect(Targets?.map((target) => target.Id)).toEqual(['queue', 'function']);
      expect(await bus.send(new DescribeRuleCommand({ Name: Rule, EventBusName: 'garden' }))).toMatchObject({
        State: 'ENABLED',
        EventPattern,
      });
      expect((await bus.send(new ListRulesCommand({ EventBusName: 'garden' }))).Rules).toHaveLength(1);
    });

    it('delivers what matches to both, and nothing else', async () => {
      await order(99);
      await order(100);
      await stack.clock.settled();
      const events = stack.calls('step').map((call) => call.event as { detail: unknown });
      expect(events.map((event) => event.detail)).toEqual([{ total: 100, id: 'o-100' }]);
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({ QueueUrl: queueUrl, MaxNumberOfMessages: 10 }),
      );
      expect(Messages.map((message) => JSON.parse(message.Body ?? ''))).toEqual([{ total: 100, id: 'o-100' }]);
      await sqs.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle: Messages[0]?.ReceiptHandle }));
    });

    it('delivers nothing while the rule is disabled', async () => {
      await bus.send(new DisableRuleCommand({ Name: Rule, EventBusName: 'garden' }));
      await order(200);
      await bus.send(new EnableRuleCommand({ Name: Rule, EventBusName: 'garden' }));
      await order(300);
      await stack.clock.settled();
      expect(stack.calls('step').map((call) => (call.event as { detail: { total: number } }).detail.total)).toEqual([
        100, 300,
      ]);
    });

    it('refuses what AWS refuses', async () => {
      const rule = (EventPattern: string) => rejected(bus.send(new PutRuleCommand({ Name: 'bad', EventPattern })));
      expect(await rule('{"source":[{"like":"x"}]}')).toMatchObject({
        name: 'InvalidEventPatternException',
        message: 'Event pattern is not valid. Reason: Unrecognized match type like',
      });
      expect(await rule(JSON.stringify({ source: ['x'.repeat(2100)] }))).toMatchObject({ name: 'ValidationException' });
      expect(
        await rejected(bus.send(new PutTargetsCommand({ Rule: 'none', Targets: [{ Id: 'a', Arn: queueArn }] }))),
      ).toMatchObject({ name: 'ResourceNotFoundException', message: 'Rule none does not exist on EventBus default.' });
      const nowhere = 'arn:aws:lambda:us-east-1:000000000000:function:nowhere';
      expect(
        await rejected(
          bus.send(new PutTargetsCommand({ Rule, EventBusName: 'garden', Targets: [{ Id: 'a', Arn: nowhere }] })),
        ),
      ).toMatchObject({ message: expect.stringContaining('there is no such function here') });
      expect(await rejected(bus.send(new DeleteRuleCommand({ Name: Rule, EventBusName: 'garden' })))).toMatchObject({
        message: "Rule can't be deleted since it has targets.",
      });
      expect(
        await rejected(bus.send(new PutRuleCommand({ Name: 'x', ScheduleExpression: 'rate(1 hour)' }))),
      ).toMatchObject({ message: 'ScheduleExpression is not emulated here.' });
    });

    it('keeps rules over a restart, and takes them away when it is told to', async () => {
      await stack.close();
      stack = await startTestStack({ data: stack.data });
      bus = new EventBridgeClient(sdk(stack));
      await order(400);
      await stack.clock.settled();
      expect(stack.calls('step')).toHaveLength(1);
      await bus.send(new RemoveTargetsCommand({ Rule, EventBusName: 'garden', Ids: ['queue', 'function'] }));
      await bus.send(new DeleteRuleCommand({ Name: Rule, EventBusName: 'garden' }));
      await bus.send(new DeleteEventBusCommand({ Name: 'garden' }));
      const { EventBuses } = await bus.send(new ListEventBusesCommand({}));
      expect(EventBuses?.map((one) => one.Name).sort()).toEqual(['default', 'pergola']);
    });
  });

  it('tests a pattern against an event', async () => {
    const Event = JSON.stringify({
      id: '1',
      account: '000000000000',
      source: 'shop',
      time: '2026-01-01T00:00:00Z',
      region: 'us-east-1',
      resources: [],
      'detail-type': 'order',
      detail: { city: '上海' },
    });
    const test = (pattern: object) =>
      bus.send(new TestEventPatternCommand({ Event, EventPattern: JSON.stringify(pattern) }));
    expect((await test({ detail: { city: [{ prefix: '上' }] } })).Result).toBe(true);
    expect((await test({ detail: { city: [{ 'anything-but': '上海' }] } })).Result).toBe(false);
  });

  it('says what it does not have', async () => {
    const { ListArchivesCommand } = await import('@aws-sdk/client-eventbridge');
    expect(await rejected(bus.send(new ListArchivesCommand({})))).toMatchObject({
      name: 'NotEmulated',
      message: 'EventBridge ListArchives is not emulated here.',
    });
  });
});
