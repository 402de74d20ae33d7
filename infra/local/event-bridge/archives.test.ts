import {
  CancelReplayCommand,
  CreateArchiveCommand,
  CreateEventBusCommand,
  DeleteArchiveCommand,
  DescribeArchiveCommand,
  DescribeReplayCommand,
  EventBridgeClient,
  ListArchivesCommand,
  ListReplaysCommand,
  PutEventsCommand,
  PutRuleCommand,
  PutTargetsCommand,
  StartReplayCommand,
  type StartReplayCommandInput,
  UpdateArchiveCommand,
} from '@aws-sdk/client-eventbridge';
import { SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestQueue, testQueue } from '../test-support/queue.ts';
import { rejected, sdk, startTestStack, type TestStack } from '../test-support/start.ts';

describe('archives and replays, driven by the AWS SDK', () => {
  let stack: TestStack;
  let bus: EventBridgeClient;
  let wanted: TestQueue;
  let other: TestQueue;
  const EventSourceArn = 'arn:aws:events:us-east-1:000000000000:event-bus/garden';
  const archiveArn = 'arn:aws:events:us-east-1:000000000000:archive/orders';

  beforeAll(async () => {
    stack = await startTestStack();
    bus = new EventBridgeClient(sdk(stack));
    const sqs = new SQSClient(sdk(stack));
    [wanted, other] = await Promise.all([testQueue(sqs, 'wanted'), testQueue(sqs, 'other')]);
    await stack.local('clock', { to: '2030-01-01T00:00:00Z', freeze: true });
    await bus.send(new CreateEventBusCommand({ Name: 'garden' }));
    for (const [Name, queue] of [
      ['wanted', wanted],
      ['other', other],
    ] as const) {
      await bus.send(new PutRuleCommand({ Name, EventBusName: 'garden', EventPattern: '{"source":["shop"]}' }));
      await bus.send(
        new PutTargetsCommand({ Rule: Name, EventBusName: 'garden', Targets: [{ Id: 't', Arn: queue.arn }] }),
      );
    }
  });
  afterAll(() => stack.end());

  const put = (n: number, DetailType = 'order') =>
    bus.send(
      new PutEventsCommand({ Entries: [{ EventBusName: 'garden', Source: 'shop', DetailType, Detail: `{"n":${n}}` }] }),
    );
  const start = (ReplayName: string, more: Partial<StartReplayCommandInput> = {}) =>
    bus.send(
      new StartReplayCommand({
        ReplayName,
        EventSourceArn: archiveArn,
        EventStartTime: new Date('2030-01-01T00:00:00Z'),
        EventEndTime: new Date('2030-01-02T00:00:00Z'),
        Destination: { Arn: EventSourceArn },
        ...more,
      }),
    );
  const numbers = async (queue: TestQueue) =>
    (await queue.bodies<{ detail: { n: number } }>()).map(({ detail }) => detail.n);

  it('keeps what its pattern wants', async () => {
    const made = await bus.send(
      new CreateArchiveCommand({
        ArchiveName: 'orders',
        EventSourceArn,
        EventPattern: '{"detail-type":["order"]}',
        RetentionDays: 10,
        Description: 'to look back',
      }),
    );
    expect(made).toMatchObject({ ArchiveArn: archiveArn, State: 'ENABLED' });
    for (const n of [1, 2, 3]) {
      await put(n);
      await stack.local('clock', { advance: 'PT1H' });
    }
    await put(4, 'visit');
    expect(await bus.send(new DescribeArchiveCommand({ ArchiveName: 'orders' }))).toMatchObject({
      EventSourceArn,
      EventPattern: '{"detail-type":["order"]}',
      Description: 'to look back',
      RetentionDays: 10,
      EventCount: 3,
      SizeBytes: expect.any(Number),
      State: 'ENABLED',
    });
    expect((await bus.send(new ListArchivesCommand({ NamePrefix: 'ord' }))).Archives).toMatchObject([
      { ArchiveName: 'orders', EventCount: 3 },
    ]);
    expect((await bus.send(new ListArchivesCommand({ EventSourceArn }))).Archives).toHaveLength(1);
    expect(await numbers(wanted)).toEqual([1, 2, 3, 4]);
    expect(await numbers(other)).toEqual([1, 2, 3, 4]);
  });

  it('sends its events again, marked, to the rules that are asked for, in the order of time', async () => {
    const FilterArns = ['arn:aws:events:us-east-1:000000000000:rule/garden/wanted'];
    const started = await start('again', {
      EventStartTime: new Date('2030-01-01T00:30:00Z'),
      Destination: { Arn: EventSourceArn, FilterArns },
    });
    expect(started).toMatchObject({
      ReplayArn: 'arn:aws:events:us-east-1:000000000000:replay/again',
      State: 'STARTING',
      ReplayStartTime: new Date(stack.clock.now()),
    });
    await stack.local('clock', { advance: 'PT1M' });
    const events = await wanted.bodies();
    expect(events).toMatchObject([
      { 'replay-name': 'again', time: '2030-01-01T01:00:00Z', detail: { n: 2 } },
      { 'replay-name': 'again', time: '2030-01-01T02:00:00Z', detail: { n: 3 } },
    ]);
    expect(await numbers(other)).toEqual([]);
    expect(await bus.send(new DescribeReplayCommand({ ReplayName: 'again' }))).toMatchObject({
      State: 'COMPLETED',
      EventSourceArn: archiveArn,
      Destination: { Arn: EventSourceArn, FilterArns },
      EventLastReplayedTime: new Date('2030-01-01T02:00:00Z'),
      ReplayEndTime: expect.any(Date),
    });
  });

  it('does not keep what a replay sends', async () => {
    await start('everybody');
    await stack.local('clock', { advance: 'PT1M' });
    expect(await numbers(wanted)).toEqual([1, 2, 3]);
    expect(await numbers(other)).toEqual([1, 2, 3]);
    expect(await bus.send(new DescribeArchiveCommand({ ArchiveName: 'orders' }))).toMatchObject({ EventCount: 3 });
    const { Replays } = await bus.send(new ListReplaysCommand({ EventSourceArn: archiveArn }));
    expect(Replays?.map(({ ReplayName }) => ReplayName)).toEqual(['again', 'everybody']);
  });

  it('can be called off, and goes on after a restart otherwise', async () => {
    await start('off');
    expect(await bus.send(new CancelReplayCommand({ ReplayName: 'off' }))).toMatchObject({ State: 'CANCELLING' });
    await start('on');
    await stack.close();
    stack = await startTestStack({ data: stack.data });
    bus = new EventBridgeClient(sdk(stack));
    wanted = await testQueue(new SQSClient(sdk(stack)), 'wanted');
    await stack.local('clock', { advance: 'PT1M' });
    expect(await numbers(wanted)).toEqual([1, 2, 3]);
    const state = async (ReplayName: string) => (await bus.send(new DescribeReplayCommand({ ReplayName }))).State;
    expect([await state('off'), await state('on')]).toEqual(['CANCELLED', 'COMPLETED']);
    expect(await rejected(bus.send(new CancelReplayCommand({ ReplayName: 'on' })))).toMatchObject({
      name: 'IllegalStatusException',
    });
  });

  it('sends thousands again, each once', async () => {
    await bus.send(new CreateArchiveCommand({ ArchiveName: 'all', EventSourceArn }));
    const Entries = Array.from({ length: 10 }, (_, n) => ({
      EventBusName: 'garden',
      Source: 'bulk',
      DetailType: 'order',
      Detail: JSON.stringify({ n }),
    }));
    for (let i = 0; i < 35; i++) await bus.send(new PutEventsCommand({ Entries }));
    await bus.send(new PutRuleCommand({ Name: 'wanted', EventBusName: 'garden', EventPattern: '{"source":["bulk"]}' }));
    const now = stack.clock.now();
    await start('bulk', {
      EventSourceArn: archiveArn.replace('orders', 'all'),
      EventStartTime: new Date(now - 1000),
      EventEndTime: new Date(now + 1000),
      Destination: { Arn: EventSourceArn, FilterArns: ['arn:aws:events:us-east-1:000000000000:rule/garden/wanted'] },
    });
    await stack.local('clock', { advance: 'PT1M' });
    expect(await wanted.take()).toHaveLength(350);
  });

  it('forgets what is too old, and everything when it is deleted', async () => {
    await bus.send(
      new UpdateArchiveCommand({ ArchiveName: 'orders', RetentionDays: 1, EventPattern: '{"source":["shop"]}' }),
    );
    await stack.local('clock', { advance: 'P2D' });
    expect(await bus.send(new DescribeArchiveCommand({ ArchiveName: 'orders' }))).toMatchObject({ EventCount: 0 });
    await bus.send(new DeleteArchiveCommand({ ArchiveName: 'orders' }));
    expect(await rejected(bus.send(new DescribeArchiveCommand({ ArchiveName: 'orders' })))).toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Archive orders does not exist.',
    });
  });

  it('refuses what AWS refuses', async () => {
    await bus.send(new CreateArchiveCommand({ ArchiveName: 'orders', EventSourceArn }));
    expect(await rejected(bus.send(new CreateArchiveCommand({ ArchiveName: 'orders', EventSourceArn })))).toMatchObject(
      {
        name: 'ResourceAlreadyExistsException',
        message: 'Archive orders already exists.',
      },
    );
    expect(
      await rejected(bus.send(new CreateArchiveCommand({ ArchiveName: 'x', EventSourceArn, EventPattern: '{"a":1}' }))),
    ).toMatchObject({ name: 'InvalidEventPatternException' });
    expect(await rejected(bus.send(new ListArchivesCommand({ NamePrefix: 'o', State: 'ENABLED' })))).toMatchObject({
      name: 'ValidationException',
    });
    const nowhere = 'arn:aws:events:us-east-1:000000000000:event-bus/nowhere';
    const refusals: [Partial<StartReplayCommandInput>, string][] = [
      [{ Destination: { Arn: nowhere } }, 'Event bus nowhere does not exist.'],
      [
        { Destination: { Arn: EventSourceArn.replace('garden', 'default') } },
        'Parameter Destination.Arn is not valid. Reason: Cross event bus replay is not permitted.',
      ],
      [
        { EventSourceArn: archiveArn.replace('orders', 'none') },
        'Parameter EventSourceArn is not valid. Reason: Archive none does not exist.',
      ],
      [
        { EventEndTime: new Date('2030-01-01T00:00:00Z') },
        'Parameter EventEndTime is not valid. Reason: EventStartTime must be before EventEndTime.',
      ],
    ];
    for (const [more, message] of refusals) expect(await rejected(start('no', more))).toMatchObject({ message });
    expect(await rejected(start('again'))).toMatchObject({ message: 'Replay again already exists.' });
    await Promise.all(Array.from({ length: 10 }, (_, n) => start(`many-${n}`)));
    expect(await rejected(start('many-10'))).toMatchObject({ name: 'LimitExceededException' });
  });
});
