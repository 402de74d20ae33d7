import {
  CreateEventBusCommand,
  DeleteEventBusCommand,
  DeleteRuleCommand,
  DescribeRuleCommand,
  DisableRuleCommand,
  EnableRuleCommand,
  EventBridgeClient,
  ListApiDestinationsCommand,
  ListEventBusesCommand,
  ListRuleNamesByTargetCommand,
  ListRulesCommand,
  ListTargetsByRuleCommand,
  PutEventsCommand,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
  type Target,
  TestEventPatternCommand,
} from '@aws-sdk/client-eventbridge';
import { SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestQueue, testQueue } from '../test-support/queue.ts';
import { rejected, sdk, startTestStack, type TestStack } from '../test-support/start.ts';

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
      expect(Entries?.[3]?.ErrorMessage).toBe('Parameter Source is not valid. Reason: Source is a required argument.');
    });

    it('refuses none, more than ten, and more than a megabyte', async () => {
      expect(await rejected(bus.send(new PutEventsCommand({ Entries: [] })))).toMatchObject({
        name: 'ValidationException',
      });
      expect(await rejected(bus.send(new PutEventsCommand({ Entries: Array(11).fill(entry()) })))).toMatchObject({
        name: 'ValidationException',
        message: expect.stringMatching(
          /^1 validation error detected: Value '\[PutEventsRequestEntry\(time=null, source=shop, .*' at 'entries' failed to satisfy constraint: Member must have length less than or equal to 10$/,
        ),
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
    const EventBusName = 'garden';
    const order = (total: number) =>
      bus.send(
        new PutEventsCommand({
          Entries: [entry({ EventBusName, Detail: `{"total":${total},"id":"o-${total}"}` })],
        }),
      );
    const functionArn = 'arn:aws:lambda:us-east-1:000000000000:function:pergola-steps-decide';
    const totals = () => stack.calls('step').map((call) => (call.event as { detail: { total: number } }).detail.total);
    let queue: TestQueue;

    it('makes a bus, a rule on it, and a queue and a function as its targets', async () => {
      await bus.send(new CreateEventBusCommand({ Name: EventBusName }));
      const { RuleArn } = await bus.send(new PutRuleCommand({ Name: Rule, EventBusName, EventPattern }));
      expect(RuleArn).toBe('arn:aws:events:us-east-1:000000000000:rule/garden/big-orders');
      queue = await testQueue(sqs, 'big-orders');
      const put = await bus.send(
        new PutTargetsCommand({
          Rule,
          EventBusName,
          Targets: [
            { Id: 'queue', Arn: queue.arn, InputPath: '$.detail' },
            { Id: 'function', Arn: functionArn },
          ],
        }),
      );
      expect(put).toMatchObject({ FailedEntryCount: 0, FailedEntries: [] });
      const { Targets } = await bus.send(new ListTargetsByRuleCommand({ Rule, EventBusName }));
      expect(Targets?.map((target) => target.Id)).toEqual(['queue', 'function']);
      expect(await bus.send(new DescribeRuleCommand({ Name: Rule, EventBusName }))).toMatchObject({
        State: 'ENABLED',
        EventPattern,
        CreatedBy: '000000000000',
        EventBusName,
      });
      expect((await bus.send(new ListRulesCommand({ EventBusName }))).Rules).toHaveLength(1);
      const byTarget = new ListRuleNamesByTargetCommand({ TargetArn: functionArn, EventBusName });
      expect((await bus.send(byTarget)).RuleNames).toEqual([Rule]);
    });

    it('delivers what matches to both, and nothing else', async () => {
      await order(99);
      await order(100);
      await stack.clock.settled();
      expect(totals()).toEqual([100]);
      expect(await queue.bodies()).toEqual([{ total: 100, id: 'o-100' }]);
    });

    it('delivers nothing while the rule is disabled', async () => {
      await bus.send(new DisableRuleCommand({ Name: Rule, EventBusName }));
      await order(200);
      await bus.send(new EnableRuleCommand({ Name: Rule, EventBusName }));
      await order(300);
      await stack.clock.settled();
      expect(totals()).toEqual([100, 300]);
    });

    it('refuses what AWS refuses of a rule', async () => {
      const rule = (more: object) => rejected(bus.send(new PutRuleCommand({ Name: 'bad', ...more })));
      expect(await rule({ EventPattern: '{"source":[{"like":"x"}]}' })).toMatchObject({
        name: 'InvalidEventPatternException',
        message: 'Event pattern is not valid. Reason: Unrecognized match type like',
      });
      expect(await rule({ EventPattern: JSON.stringify({ source: ['x'.repeat(2100)] }) })).toMatchObject({
        name: 'ValidationException',
        message: expect.stringContaining("at 'eventPattern' failed to satisfy constraint"),
      });
      expect(await rule({ Name: 'no spaces', State: 'ASLEEP', EventPattern })).toMatchObject({
        message:
          "2 validation errors detected: Value 'no spaces' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_A-Za-z0-9]+; Value 'ASLEEP' at 'state' failed to satisfy constraint: Member must satisfy enum value set: [DISABLED, ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS, ENABLED]",
      });
      expect(await rule({})).toMatchObject({
        message: 'Parameter(s) EventPattern or ScheduleExpression must be specified.',
      });
      expect(await rule({ EventBusName: 'nowhere', EventPattern })).toMatchObject({
        name: 'ResourceNotFoundException',
        message: 'Event bus nowhere does not exist.',
      });
      expect(await rejected(bus.send(new DescribeRuleCommand({ Name: 'none' })))).toMatchObject({
        name: 'ResourceNotFoundException',
        message: 'Rule none does not exist on EventBus default.',
      });
      expect(await rejected(bus.send(new DeleteRuleCommand({ Name: Rule, EventBusName })))).toMatchObject({
        message: "Rule can't be deleted since it has targets.",
      });
    });

    it.each<[string, Partial<Target>, string]>([
      ['an id of other letters', { Id: '!@#$' }, "Value '!@#$' at 'targets.1.member.id' failed to satisfy constraint"],
      [
        'something that is no ARN',
        { Arn: 'queue' },
        'Parameter queue is not valid. Reason: Provided Arn is not in correct format.',
      ],
      [
        'two kinds of input',
        { Input: '1', InputPath: '$.detail' },
        'Only one of Input, InputPath, or InputTransformer must be provided for target t.',
      ],
      ['input that is no JSON', { Input: '{' }, 'JSON syntax error in input for target t.'],
      [
        'a variable that nobody defines',
        { InputTransformer: { InputTemplate: '"<who>"' } },
        'InputTemplate for target t contains invalid placeholder who.',
      ],
      [
        'a state machine without a role',
        { Arn: 'arn:aws:states:us-east-1:000000000000:stateMachine:m' },
        'RoleArn is required for target arn:aws:states:us-east-1:000000000000:stateMachine:m.',
      ],
      [
        'a FIFO queue without a group',
        { Arn: 'arn:aws:sqs:us-east-1:000000000000:q.fifo' },
        'Parameter(s) SqsParameters must be specified for target: t.',
      ],
      [
        'what is not emulated',
        { Arn: 'arn:aws:sns:us-east-1:000000000000:topic' },
        'Targets of sns are not emulated here for rules.',
      ],
      [
        'parameters of another kind',
        { EcsParameters: { TaskDefinitionArn: 'x' } },
        'EcsParameters of a queue as a target is not emulated here.',
      ],
      [
        'retries beyond the limit',
        { RetryPolicy: { MaximumRetryAttempts: 186 } },
        'Member must have value less than or equal to 185',
      ],
    ])('refuses %s as a target', async (_, target, message) => {
      const Targets = [{ Id: 't', Arn: queue.arn, ...target }];
      expect(await rejected(bus.send(new PutTargetsCommand({ Rule, EventBusName, Targets })))).toMatchObject({
        name: 'ValidationException',
        message: expect.stringContaining(message),
      });
    });

    it('holds AWS to five targets a rule and three hundred rules a bus', async () => {
      const Targets = Array.from({ length: 4 }, (_, n) => ({ Id: `more-${n}`, Arn: queue.arn }));
      const limit = {
        name: 'LimitExceededException',
        message: 'The requested resource exceeds the maximum number allowed.',
      };
      expect(await rejected(bus.send(new PutTargetsCommand({ Rule, EventBusName, Targets })))).toMatchObject(limit);
      await bus.send(new CreateEventBusCommand({ Name: 'full' }));
      const rule = (n: number) =>
        bus.send(new PutRuleCommand({ Name: `rule-${n}`, EventBusName: 'full', EventPattern }));
      await Promise.all(Array.from({ length: 300 }, (_, n) => rule(n)));
      expect(await rejected(rule(300))).toMatchObject(limit);
      await rule(299);
      const names: string[] = [];
      let NextToken: string | undefined;
      do {
        const page = await bus.send(
          new ListRulesCommand({ EventBusName: 'full', NamePrefix: 'rule-', Limit: 70, NextToken }),
        );
        names.push(...(page.Rules ?? []).map(({ Name = '' }) => Name));
        NextToken = page.NextToken;
      } while (NextToken);
      expect(new Set(names).size).toBe(300);
    });

    it('keeps rules over a restart, and takes them away when it is told to', async () => {
      await stack.close();
      stack = await startTestStack({ data: stack.data });
      bus = new EventBridgeClient(sdk(stack));
      await order(400);
      await stack.clock.settled();
      expect(totals()).toEqual([400]);
      const Ids = ['queue', 'function', 'never'];
      expect(await bus.send(new RemoveTargetsCommand({ Rule, EventBusName, Ids }))).toMatchObject({
        FailedEntryCount: 1,
        FailedEntries: [{ TargetId: 'never', ErrorCode: 'ResourceNotFoundException' }],
      });
      await bus.send(new DeleteRuleCommand({ Name: Rule, EventBusName }));
      await bus.send(new DeleteRuleCommand({ Name: Rule, EventBusName }));
      await bus.send(new DeleteEventBusCommand({ Name: EventBusName }));
      const { EventBuses } = await bus.send(new ListEventBusesCommand({}));
      expect(EventBuses?.map((one) => one.Name)).toEqual(['default', 'full', 'pergola']);
    });
  });

  it('tests a pattern against an event', async () => {
    const event = {
      id: '1',
      account: '000000000000',
      source: 'shop',
      time: '2026-01-01T00:00:00Z',
      region: 'us-east-1',
      resources: [],
      'detail-type': 'order',
      detail: { city: '上海' },
    };
    const test = (pattern: object, Event = JSON.stringify(event)) =>
      bus.send(new TestEventPatternCommand({ Event, EventPattern: JSON.stringify(pattern) }));
    expect((await test({ detail: { city: [{ prefix: '上' }] } })).Result).toBe(true);
    expect((await test({ detail: { city: [{ 'anything-but': '上海' }] } })).Result).toBe(false);
    expect(await rejected(test({ source: [] }))).toMatchObject({ name: 'InvalidEventPatternException' });
    expect(await rejected(test({ source: ['shop'] }, '{"id":"1"}'))).toMatchObject({
      message: 'Parameter Event is not valid. Reason: account is a required field.',
    });
  });

  it('says what it does not have', async () => {
    expect(await rejected(bus.send(new ListApiDestinationsCommand({})))).toMatchObject({
      name: 'NotEmulated',
      message: 'EventBridge ListApiDestinations is not emulated here.',
    });
  });
});
