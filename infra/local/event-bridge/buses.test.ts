import {
  CreateEventBusCommand,
  DeleteEventBusCommand,
  DeleteRuleCommand,
  DescribeEventBusCommand,
  EventBridgeClient,
  ListEventBusesCommand,
  ListTagsForResourceCommand,
  PutEventsCommand,
  PutPermissionCommand,
  PutRuleCommand,
  PutTargetsCommand,
  RemovePermissionCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateEventBusCommand,
} from '@aws-sdk/client-eventbridge';
import { SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testQueue } from '../test-support/queue.ts';
import { rejected, sdk, startTestStack, type TestStack } from '../test-support/start.ts';

describe('event buses, driven by the AWS SDK', () => {
  let stack: TestStack;
  let bus: EventBridgeClient;
  let sqs: SQSClient;

  beforeAll(async () => {
    stack = await startTestStack();
    bus = new EventBridgeClient(sdk(stack));
    sqs = new SQSClient(sdk(stack));
  });
  afterAll(() => stack.end());

  const RoleArn = 'arn:aws:iam::000000000000:role/bus';
  const busArn = (name: string) => `arn:aws:events:us-east-1:000000000000:event-bus/${name}`;
  const policyOf = async (Name: string) => {
    const { Policy } = await bus.send(new DescribeEventBusCommand({ Name }));
    return Policy === undefined ? undefined : JSON.parse(Policy);
  };

  it('are made, described, changed, listed and deleted', async () => {
    const made = await bus.send(
      new CreateEventBusCommand({ Name: 'orders', Description: 'All orders', Tags: [{ Key: 'team', Value: 'shop' }] }),
    );
    expect(made).toMatchObject({ EventBusArn: busArn('orders'), Description: 'All orders' });
    await bus.send(new UpdateEventBusCommand({ Name: 'orders', Description: 'Orders' }));
    expect(await bus.send(new DescribeEventBusCommand({ Name: busArn('orders') }))).toMatchObject({
      Name: 'orders',
      Description: 'Orders',
      CreationTime: expect.any(Date),
    });
    const { EventBuses } = await bus.send(new ListEventBusesCommand({ NamePrefix: 'ord' }));
    expect(EventBuses?.map(({ Name }) => Name)).toEqual(['orders']);
    await bus.send(new PutRuleCommand({ Name: 'r', EventBusName: 'orders', EventPattern: '{"source":["x"]}' }));
    expect(await rejected(bus.send(new DeleteEventBusCommand({ Name: 'orders' })))).toMatchObject({
      name: 'ValidationException',
    });
    await bus.send(new DeleteRuleCommand({ Name: 'r', EventBusName: 'orders' }));
    await bus.send(new DeleteEventBusCommand({ Name: 'orders' }));
    expect(await rejected(bus.send(new DescribeEventBusCommand({ Name: 'orders' })))).toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Event bus orders does not exist.',
    });
  });

  it('are refused where AWS refuses them', async () => {
    expect(await rejected(bus.send(new CreateEventBusCommand({ Name: 'default' })))).toMatchObject({
      name: 'ResourceAlreadyExistsException',
      message: 'Event bus default already exists.',
    });
    expect(await rejected(bus.send(new DeleteEventBusCommand({ Name: 'default' })))).toMatchObject({
      message: 'Cannot delete event bus default.',
    });
  });

  it('keep who may put events on them', async () => {
    await bus.send(new CreateEventBusCommand({ Name: 'open' }));
    const put = (StatementId: string, Principal: string) =>
      bus.send(new PutPermissionCommand({ EventBusName: 'open', Action: 'events:PutEvents', StatementId, Principal }));
    await put('one', '111111111111');
    await put('all', '*');
    expect(await policyOf('open')).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'one',
          Effect: 'Allow',
          Principal: { AWS: 'arn:aws:iam::111111111111:root' },
          Action: 'events:PutEvents',
          Resource: busArn('open'),
        },
        { Sid: 'all', Effect: 'Allow', Principal: '*', Action: 'events:PutEvents', Resource: busArn('open') },
      ],
    });
    const remove = (more: object) => bus.send(new RemovePermissionCommand({ EventBusName: 'open', ...more }));
    await remove({ StatementId: 'all' });
    expect((await policyOf('open')).Statement).toHaveLength(1);
    expect(await rejected(remove({ StatementId: 'none' }))).toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Statement with the provided id does not exist.',
    });
    await remove({ RemoveAllPermissions: true });
    expect(await policyOf('open')).toBeUndefined();
    const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [{ Sid: 'mine', Effect: 'Allow' }] });
    await bus.send(new PutPermissionCommand({ EventBusName: 'open', Policy }));
    expect(await policyOf('open')).toEqual(JSON.parse(Policy));
  });

  it('have tags, as rules do', async () => {
    await bus.send(
      new PutRuleCommand({ Name: 'tagged', EventPattern: '{"source":["x"]}', Tags: [{ Key: 'a', Value: '1' }] }),
    );
    for (const ResourceARN of [busArn('open'), 'arn:aws:events:us-east-1:000000000000:rule/tagged']) {
      await bus.send(
        new TagResourceCommand({
          ResourceARN,
          Tags: [
            { Key: 'b', Value: '2' },
            { Key: 'c', Value: '3' },
          ],
        }),
      );
      await bus.send(new UntagResourceCommand({ ResourceARN, TagKeys: ['a', 'c'] }));
      const { Tags } = await bus.send(new ListTagsForResourceCommand({ ResourceARN }));
      expect(Tags).toEqual([{ Key: 'b', Value: '2' }]);
      const twice = [
        { Key: 'b', Value: '2' },
        { Key: 'b', Value: '3' },
      ];
      expect(await rejected(bus.send(new TagResourceCommand({ ResourceARN, Tags: twice })))).toMatchObject({
        name: 'ValidationException',
      });
    }
    const gone = 'arn:aws:events:us-east-1:000000000000:rule/gone';
    expect(await rejected(bus.send(new ListTagsForResourceCommand({ ResourceARN: gone })))).toMatchObject({
      message: 'Rule gone does not exist on EventBus default.',
    });
  });

  it('send events on to another bus, which sends them to no third one', async () => {
    for (const Name of ['first', 'second', 'third']) {
      await bus.send(new CreateEventBusCommand({ Name }));
      await bus.send(new PutRuleCommand({ Name: 'all', EventBusName: Name, EventPattern: '{"source":["shop"]}' }));
    }
    const queues = Object.fromEntries(
      await Promise.all(
        ['first', 'second', 'third'].map(async (name) => [name, await testQueue(sqs, `seen-${name}`)] as const),
      ),
    );
    const target = (from: string, to?: string) =>
      bus.send(
        new PutTargetsCommand({
          Rule: 'all',
          EventBusName: from,
          Targets: [
            { Id: 'seen', Arn: queues[from]?.arn },
            ...(to === undefined ? [] : [{ Id: 'on', Arn: busArn(to), RoleArn }]),
          ],
        }),
      );
    await target('first', 'second');
    await target('second', 'third');
    await target('third');
    const { Entries } = await bus.send(
      new PutEventsCommand({
        Entries: [{ EventBusName: 'first', Source: 'shop', DetailType: 'order', Detail: '{"n":1}', Resources: ['r'] }],
      }),
    );
    await stack.clock.settled();
    const [first] = (await queues['first']?.bodies()) ?? [];
    expect(first).toMatchObject({ id: Entries?.[0]?.EventId, resources: ['r'], detail: { n: 1 } });
    expect(await queues['second']?.bodies()).toEqual([first]);
    expect(await queues['third']?.bodies()).toEqual([]);
  });
});
