import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import {
  CreateScheduleCommand,
  type CreateScheduleCommandInput,
  CreateScheduleGroupCommand,
  DeleteScheduleCommand,
  DeleteScheduleGroupCommand,
  GetScheduleCommand,
  GetScheduleGroupCommand,
  ListScheduleGroupsCommand,
  ListSchedulesCommand,
  ListTagsForResourceCommand,
  SchedulerClient,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateScheduleCommand,
} from '@aws-sdk/client-scheduler';
import { CreateStateMachineCommand, ListExecutionsCommand, SFNClient } from '@aws-sdk/client-sfn';
import { SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestQueue, testQueue } from '../test-support/queue.ts';
import { rejected, sdk, startTestStack, type TestStack } from '../test-support/start.ts';

const RoleArn = 'arn:aws:iam::000000000000:role/scheduler';

describe('EventBridge Scheduler, driven by the AWS SDK', () => {
  let stack: TestStack;
  let scheduler: SchedulerClient;
  let sqs: SQSClient;
  let queue: TestQueue;

  const open = async () => {
    scheduler = new SchedulerClient(sdk(stack));
    sqs = new SQSClient(sdk(stack));
    queue = await testQueue(sqs, 'calls');
  };
  beforeAll(async () => {
    stack = await startTestStack();
    await open();
    await stack.local('clock', { to: '2030-03-30T10:00:30Z', freeze: true });
  });
  afterAll(() => stack.end());

  const create = (Name: string, ScheduleExpression: string, more: Partial<CreateScheduleCommandInput> = {}) =>
    scheduler.send(
      new CreateScheduleCommand({
        Name,
        ScheduleExpression,
        FlexibleTimeWindow: { Mode: 'OFF' },
        Target: { Arn: queue.arn, RoleArn, Input: `"${Name} <aws.scheduler.scheduled-time>"` },
        ...more,
      }),
    );
  const pass = (advance: string) => stack.local('clock', { advance });
  const called = () => queue.bodies<string>();
  const remove = (Name: string) => scheduler.send(new DeleteScheduleCommand({ Name }));

  it('makes, shows, changes, lists and deletes schedules', async () => {
    const made = await create('nightly', 'cron(0 3 * * ? *)', {
      ScheduleExpressionTimezone: 'Asia/Shanghai',
      Description: 'every night',
      StartDate: new Date('2030-05-01T00:00:00Z'),
      EndDate: new Date('2030-06-01T00:00:00Z'),
      FlexibleTimeWindow: { Mode: 'FLEXIBLE', MaximumWindowInMinutes: 5 },
    });
    const arn = 'arn:aws:scheduler:us-east-1:000000000000:schedule/default/nightly';
    expect(made.ScheduleArn).toBe(arn);
    expect(await scheduler.send(new GetScheduleCommand({ Name: 'nightly' }))).toMatchObject({
      Arn: arn,
      GroupName: 'default',
      State: 'ENABLED',
      ScheduleExpression: 'cron(0 3 * * ? *)',
      ScheduleExpressionTimezone: 'Asia/Shanghai',
      Description: 'every night',
      StartDate: new Date('2030-05-01T00:00:00Z'),
      EndDate: new Date('2030-06-01T00:00:00Z'),
      FlexibleTimeWindow: { Mode: 'FLEXIBLE', MaximumWindowInMinutes: 5 },
      Target: { Arn: queue.arn, RetryPolicy: { MaximumEventAgeInSeconds: 86400, MaximumRetryAttempts: 185 } },
      ActionAfterCompletion: 'NONE',
      CreationDate: new Date(stack.clock.now()),
    });
    await scheduler.send(
      new UpdateScheduleCommand({
        Name: 'nightly',
        ScheduleExpression: 'rate(1 hour)',
        State: 'DISABLED',
        FlexibleTimeWindow: { Mode: 'OFF' },
        Target: { Arn: queue.arn, RoleArn },
      }),
    );
    const changed = await scheduler.send(new GetScheduleCommand({ Name: 'nightly' }));
    expect(changed).toMatchObject({ ScheduleExpression: 'rate(1 hour)', State: 'DISABLED' });
    expect([changed.Description, changed.StartDate]).toEqual([undefined, undefined]);
    const { Schedules } = await scheduler.send(new ListSchedulesCommand({ NamePrefix: 'night', State: 'DISABLED' }));
    expect(Schedules).toMatchObject([{ Name: 'nightly', Target: { Arn: queue.arn } }]);
    await remove('nightly');
    expect(await rejected(scheduler.send(new GetScheduleCommand({ Name: 'nightly' })))).toMatchObject({
      name: 'ResourceNotFoundException',
      $metadata: { httpStatusCode: 404 },
    });
  });

  it('calls everything at its own moment, in due order, while time is moved past it', async () => {
    await create('once', 'at(2030-03-30T12:00:00)', { ScheduleExpressionTimezone: 'Europe/Berlin' });
    await create('often', 'rate(40 minutes)');
    await create('daily', 'cron(15 11 * * ? *)');
    await pass('PT2H');
    expect(await called()).toEqual([
      // A rate without a StartDate begins at once.
      'often 2030-03-30T10:00:30Z',
      'often 2030-03-30T10:40:30Z',
      'once 2030-03-30T11:00:00Z',
      'daily 2030-03-30T11:15:00Z',
      'often 2030-03-30T11:20:30Z',
      'often 2030-03-30T12:00:30Z',
    ]);
    await remove('often');
    await remove('daily');
    expect(await scheduler.send(new GetScheduleCommand({ Name: 'once' }))).toMatchObject({ State: 'ENABLED' });
    await pass('P2D');
    expect(await called()).toEqual([]);
    await remove('once');
  });

  it('follows the clock on the wall of its time zone through the change to summer time', async () => {
    // The last Sunday of March 2031: in Berlin two o'clock becomes three.
    await stack.local('clock', { to: '2031-03-29T00:00:00Z' });
    await create('berlin', 'cron(30 2 * * ? *)', { ScheduleExpressionTimezone: 'Europe/Berlin' });
    await pass('P3D');
    expect(await called()).toEqual(['berlin 2031-03-29T01:30:00Z', 'berlin 2031-03-31T00:30:00Z']);
    await remove('berlin');
  });

  it('keeps to its dates, and is gone afterwards when it is told so', async () => {
    await create('campaign', 'rate(1 hour)', {
      StartDate: new Date(stack.clock.now() + 3_600_000),
      EndDate: new Date(stack.clock.now() + 3 * 3_600_000),
      ActionAfterCompletion: 'DELETE',
    });
    await create('reminder', 'at(2031-04-01T02:30:00)', { ActionAfterCompletion: 'DELETE' });
    await pass('P1D');
    expect(await called()).toEqual([
      'campaign 2031-04-01T01:00:00Z',
      'campaign 2031-04-01T02:00:00Z',
      'reminder 2031-04-01T02:30:00Z',
      'campaign 2031-04-01T03:00:00Z',
    ]);
    expect((await scheduler.send(new ListSchedulesCommand({}))).Schedules).toEqual([]);
  });

  it('calls functions, state machines, buses and operations of an SDK', async () => {
    const steps = new SFNClient(sdk(stack));
    const bus = new EventBridgeClient(sdk(stack));
    const definition = JSON.stringify({ StartAt: 'Done', States: { Done: { Type: 'Succeed' } } });
    const { stateMachineArn } = await steps.send(
      new CreateStateMachineCommand({ name: 'called', roleArn: RoleArn, definition }),
    );
    await bus.send(new PutRuleCommand({ Name: 'planned', EventPattern: '{"source":["plan"]}' }));
    await bus.send(
      new PutTargetsCommand({ Rule: 'planned', Targets: [{ Id: 'q', Arn: queue.arn, InputPath: '$.detail' }] }),
    );
    const at = 'at(2031-04-03T00:00:00)';
    const target = (Arn: string | undefined, more: object = {}) => ({ Target: { Arn, RoleArn, ...more } });
    await create(
      'f',
      at,
      target('arn:aws:lambda:us-east-1:000000000000:function:pergola-steps-decide', { Input: '{"say":1}' }),
    );
    await create('m', at, target(stateMachineArn, { Input: '{"a":1}' }));
    await create(
      'b',
      at,
      target('arn:aws:events:us-east-1:000000000000:event-bus/default', {
        Input: '{"due":true}',
        EventBridgeParameters: { Source: 'plan', DetailType: 'due' },
      }),
    );
    const message = { QueueUrl: queue.url, MessageBody: '"by the SDK"' };
    await create('s', at, target('arn:aws:scheduler:::aws-sdk:sqs:sendMessage', { Input: JSON.stringify(message) }));
    await create('d', at, target(queue.arn));
    await pass('P2D');
    expect(stack.calls('step').at(-1)?.event).toEqual({ say: 1 });
    const { executions } = await steps.send(new ListExecutionsCommand({ stateMachineArn }));
    expect(executions).toMatchObject([{ status: 'SUCCEEDED' }]);
    const bodies = await queue.bodies<unknown>();
    expect(bodies).toHaveLength(3);
    expect(bodies).toEqual(
      expect.arrayContaining([
        { due: true },
        'by the SDK',
        expect.objectContaining({
          'detail-type': 'Scheduled Event',
          source: 'aws.scheduler',
          resources: ['arn:aws:scheduler:us-east-1:000000000000:schedule/default/d'],
          time: '2031-04-03T00:00:00Z',
        }),
      ]),
    );
  });

  it('lays what cannot be delivered into the dead-letter queue of the schedule', async () => {
    const letters = await testQueue(sqs, 'not-called');
    const Arn = 'arn:aws:sqs:us-east-1:000000000000:nowhere';
    await create('lost', 'at(2031-04-05T00:00:00)', {
      Target: { Arn, RoleArn, Input: '{"n":1}', DeadLetterConfig: { Arn: letters.arn } },
    });
    await pass('P2D');
    const [letter] = await letters.take();
    expect(letter?.Body).toBe('{"n":1}');
    expect(letter?.MessageAttributes).toMatchObject({
      SCHEDULE_ARN: { StringValue: 'arn:aws:scheduler:us-east-1:000000000000:schedule/default/lost' },
      TARGET_ARN: { StringValue: Arn },
      SCHEDULED_TIME: { StringValue: '2031-04-05T00:00:00Z' },
      ERROR_CODE: { StringValue: 'NO_RESOURCE' },
    });
  });

  it('keeps schedules in groups, which have tags and take their schedules with them', async () => {
    const { ScheduleGroupArn: ResourceArn } = await scheduler.send(
      new CreateScheduleGroupCommand({ Name: 'spring', Tags: [{ Key: 'team', Value: 'shop' }] }),
    );
    await scheduler.send(
      new TagResourceCommand({
        ResourceArn,
        Tags: [
          { Key: 'a', Value: '1' },
          { Key: 'b', Value: '2' },
        ],
      }),
    );
    await scheduler.send(new UntagResourceCommand({ ResourceArn, TagKeys: ['a', 'b'] }));
    expect((await scheduler.send(new ListTagsForResourceCommand({ ResourceArn }))).Tags).toEqual([
      { Key: 'team', Value: 'shop' },
    ]);
    await create('in-spring', 'rate(1 day)', { GroupName: 'spring' });
    await create('in-spring', 'rate(2 days)');
    const listed = await scheduler.send(new ListSchedulesCommand({ GroupName: 'spring' }));
    expect(listed.Schedules).toMatchObject([{ Name: 'in-spring', GroupName: 'spring' }]);
    const groups = await scheduler.send(new ListScheduleGroupsCommand({}));
    expect(groups.ScheduleGroups?.map(({ Name }) => Name)).toEqual(['default', 'spring']);
    expect(await scheduler.send(new GetScheduleGroupCommand({ Name: 'spring' }))).toMatchObject({ State: 'ACTIVE' });
    await scheduler.send(new DeleteScheduleGroupCommand({ Name: 'spring' }));
    expect(await rejected(scheduler.send(new ListSchedulesCommand({ GroupName: 'spring' })))).toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Schedule group spring does not exist.',
    });
    await remove('in-spring');
    await called();
  });

  it('goes on after a restart; what was due meanwhile comes once', async () => {
    await create('kept', 'rate(1 day)');
    await stack.clock.settled();
    await stack.close();
    stack = await startTestStack({ data: stack.data });
    await open();
    await pass('P1D');
    const day = (n: number) => new Date(stack.clock.now() - n * 86_400_000).toISOString().slice(0, 10);
    expect((await called()).map((text) => text.slice(0, 15))).toEqual([`kept ${day(1)}`, `kept ${day(0)}`]);
    await remove('kept');
  });

  it('is refused where AWS refuses it', async () => {
    const invalid = (ScheduleExpression: string) => rejected(create('x', ScheduleExpression));
    for (const expression of ['cron(0 1 * * * *)', 'rate(10 seconds)', ' rate(10 minutes)', 'at(2021-12-31)'])
      expect(await invalid(expression)).toMatchObject({
        name: 'ValidationException',
        message: `Invalid Schedule Expression ${expression}.`,
        $metadata: { httpStatusCode: 400 },
      });
    const with_ = (more: Partial<CreateScheduleCommandInput>) => rejected(create('x', 'rate(1 day)', more));
    expect(await with_({ GroupName: 'none' })).toMatchObject({ name: 'ResourceNotFoundException' });
    expect(await with_({ ScheduleExpressionTimezone: 'Mars/Olympus' })).toMatchObject({ name: 'ValidationException' });
    expect(await with_({ FlexibleTimeWindow: { Mode: 'FLEXIBLE' } })).toMatchObject({ name: 'ValidationException' });
    expect(await with_({ Target: { Arn: 'arn:aws:ecs:us-east-1:000000000000:cluster/c', RoleArn } })).toMatchObject({
      message: expect.stringContaining('Targets of ecs are not emulated here for schedules.'),
    });
    expect(await with_({ Name: 'no spaces' })).toMatchObject({
      message:
        "1 validation error detected: Value 'no spaces' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[0-9a-zA-Z-_.]+$",
    });
    await create('twice', 'rate(1 day)', { ClientToken: 'token', State: 'DISABLED' });
    expect(await rejected(create('twice', 'rate(1 day)', { ClientToken: 'token', State: 'DISABLED' }))).toBeUndefined();
    expect(await rejected(create('twice', 'rate(1 day)'))).toMatchObject({
      name: 'ConflictException',
      $metadata: { httpStatusCode: 409 },
    });
  });
});
