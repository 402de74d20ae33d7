import {
  DeleteRuleCommand,
  DescribeRuleCommand,
  DisableRuleCommand,
  EnableRuleCommand,
  EventBridgeClient,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import { SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestQueue, testQueue } from '../test-support/queue.ts';
import { rejected, sdk, startTestStack, type TestStack } from '../test-support/start.ts';

interface Tick {
  readonly time: string;
  readonly resources: string[];
}

describe('scheduled rules, by the clock of the stack', () => {
  let stack: TestStack;
  let bus: EventBridgeClient;
  let queue: TestQueue;

  beforeAll(async () => {
    stack = await startTestStack();
    bus = new EventBridgeClient(sdk(stack));
    queue = await testQueue(new SQSClient(sdk(stack)), 'ticks');
    await stack.local('clock', { to: '2030-03-01T10:00:30Z', freeze: true });
  });
  afterAll(() => stack.end());

  const scheduled = async (Name: string, ScheduleExpression: string, target: object = {}) => {
    await bus.send(new PutRuleCommand({ Name, ScheduleExpression }));
    await bus.send(new PutTargetsCommand({ Rule: Name, Targets: [{ Id: 't', Arn: queue.arn, ...target }] }));
  };
  const ticks = async () =>
    (await queue.bodies<Tick>()).map(({ time, resources }) => `${time} ${resources[0]?.split('/')[1]}`);
  const remove = async (Rule: string) => {
    await bus.send(new RemoveTargetsCommand({ Rule, Ids: ['t'] }));
    await bus.send(new DeleteRuleCommand({ Name: Rule }));
  };

  it('happen at their own moments, in due order, while time is moved past them', async () => {
    await scheduled('quarterly', 'cron(0/15 * * * ? *)');
    await scheduled('often', 'rate(20 minutes)');
    expect(await bus.send(new DescribeRuleCommand({ Name: 'often' }))).toMatchObject({
      ScheduleExpression: 'rate(20 minutes)',
    });
    await stack.local('clock', { advance: 'PT50M' });
    const expected = [
      '2030-03-01T10:15:00Z quarterly',
      '2030-03-01T10:20:30Z often',
      '2030-03-01T10:30:00Z quarterly',
      '2030-03-01T10:40:30Z often',
      '2030-03-01T10:45:00Z quarterly',
    ];
    expect(await ticks()).toEqual(expected);
    await remove('often');
  });

  it('give the target an event of AWS itself, or what the target says', async () => {
    await bus.send(
      new PutTargetsCommand({
        Rule: 'quarterly',
        Targets: [
          { Id: 't', Arn: queue.arn },
          {
            Id: 'function',
            Arn: 'arn:aws:lambda:us-east-1:000000000000:function:pergola-steps-decide',
            Input: '{"say":"tick"}',
          },
        ],
      }),
    );
    await stack.local('clock', { advance: 'PT15M' });
    expect(await queue.bodies()).toEqual([
      {
        version: '0',
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        'detail-type': 'Scheduled Event',
        source: 'aws.events',
        account: '000000000000',
        time: '2030-03-01T11:00:00Z',
        region: 'us-east-1',
        resources: ['arn:aws:events:us-east-1:000000000000:rule/quarterly'],
        detail: {},
      },
    ]);
    expect(stack.calls('step').map(({ at, event }) => [new Date(at).toISOString(), event])).toEqual([
      ['2030-03-01T11:00:00.000Z', { say: 'tick' }],
    ]);
  });

  it('stand still while disabled, and a rate counts anew from when it is enabled', async () => {
    await bus.send(new DisableRuleCommand({ Name: 'quarterly' }));
    await scheduled('daily', 'rate(1 day)');
    await bus.send(new DisableRuleCommand({ Name: 'daily' }));
    await stack.local('clock', { advance: 'PT36H' });
    expect(await ticks()).toEqual([]);
    await bus.send(new EnableRuleCommand({ Name: 'daily' }));
    await stack.local('clock', { advance: 'P2D' });
    expect(await ticks()).toEqual(['2030-03-03T23:05:30Z daily', '2030-03-04T23:05:30Z daily']);
  });

  it('go on after a restart where they were', async () => {
    await stack.local('clock', { advance: 'PT12H' });
    await stack.close();
    stack = await startTestStack({ data: stack.data });
    bus = new EventBridgeClient(sdk(stack));
    queue = await testQueue(new SQSClient(sdk(stack)), 'ticks');
    await stack.local('clock', { advance: 'PT13H' });
    expect(await ticks()).toEqual(['2030-03-05T23:05:30Z daily']);
  });

  it('are refused where AWS refuses them', async () => {
    const put = (more: object) => rejected(bus.send(new PutRuleCommand({ Name: 'x', ...more })));
    for (const ScheduleExpression of ['rate(1 minutes)', 'cron(0 0 * * * *)', 'at(2030-01-01T00:00:00)', 'soon'])
      expect(await put({ ScheduleExpression })).toMatchObject({
        name: 'ValidationException',
        message: 'Parameter ScheduleExpression is not valid.',
      });
    expect(await put({ ScheduleExpression: 'rate(1 hour)', EventBusName: 'pergola' })).toMatchObject({
      message: 'ScheduleExpression is supported only on the default event bus.',
    });
  });
});
