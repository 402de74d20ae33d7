import { expect } from 'vitest';
import { arn, column, queueFor, type Story } from './story.ts';

export const eventBridge: Story = {
  service: 'events',
  async tell(world) {
    const { call, tag, now, pass } = world;
    const queue = await queueFor(world, 'events');

    const bus = `shop-${tag}`;
    const busArn = arn('events', `event-bus/${bus}`);
    expect(await call('CreateEventBus', { Name: bus })).toMatchObject({ EventBusArn: busArn });
    await call('UpdateEventBus', { Name: bus, Description: 'orders' });
    const permission = { Action: 'events:PutEvents', Principal: '111111111111', StatementId: 'partner' };
    await call('PutPermission', { EventBusName: bus, ...permission });
    expect(await call('DescribeEventBus', { Name: bus })).toMatchObject({
      Name: bus,
      Policy: expect.stringContaining('"Sid":"partner"'),
    });
    await call('RemovePermission', { EventBusName: bus, StatementId: 'partner' });
    expect(column((await call('ListEventBuses', { NamePrefix: bus }))['EventBuses'], 'Arn')).toEqual([busArn]);

    const rule = { Name: 'orders', EventBusName: bus };
    const { RuleArn } = await call('PutRule', { ...rule, EventPattern: '{"source":["shop"]}' });
    await call('DisableRule', rule);
    expect(await call('DescribeRule', rule)).toMatchObject({ State: 'DISABLED', EventPattern: '{"source":["shop"]}' });
    await call('EnableRule', rule);
    expect((await call('ListRules', { EventBusName: bus }))['Rules']).toMatchObject([
      { Arn: RuleArn, State: 'ENABLED' },
    ]);
    const of = { Rule: 'orders', EventBusName: bus };
    const InputTransformer = {
      InputPathsMap: { n: '$.detail.n' },
      InputTemplate: '{"order":<n>,"rule":<aws.events.rule-name>}',
    };
    expect(await call('PutTargets', { ...of, Targets: [{ Id: 'q', Arn: queue.arn, InputTransformer }] })).toEqual({
      FailedEntryCount: 0,
      FailedEntries: [],
    });
    expect(column((await call('ListTargetsByRule', of))['Targets'], 'Id')).toEqual(['q']);
    const byTarget = { TargetArn: queue.arn, EventBusName: bus };
    expect((await call('ListRuleNamesByTarget', byTarget))['RuleNames']).toEqual(['orders']);

    await call('TagResource', {
      ResourceARN: RuleArn,
      Tags: [
        { Key: 'team', Value: '私域' },
        { Key: 'x', Value: '1' },
      ],
    });
    await call('UntagResource', { ResourceARN: RuleArn, TagKeys: ['x'] });
    expect(await call('ListTagsForResource', { ResourceARN: RuleArn })).toEqual({
      Tags: [{ Key: 'team', Value: '私域' }],
    });

    const archive = { ArchiveName: `kept-${tag}` };
    const { ArchiveArn } = await call('CreateArchive', { ...archive, EventSourceArn: busArn, RetentionDays: 7 });
    await call('UpdateArchive', { ...archive, Description: 'a week' });
    const event = { EventBusName: bus, Source: 'shop', DetailType: 'order', Detail: '{"n":1}' };
    expect(await call('PutEvents', { Entries: [event, { ...event, Detail: 'no json' }] })).toMatchObject({
      FailedEntryCount: 1,
      Entries: [{ EventId: expect.any(String) }, { ErrorCode: 'MalformedDetail' }],
    });
    await pass('PT1M');
    expect(await queue.bodies()).toEqual(['{"order":1,"rule":"orders"}']);
    expect(await call('DescribeArchive', archive)).toMatchObject({ EventCount: 1, Description: 'a week' });
    expect(column((await call('ListArchives', { NamePrefix: archive.ArchiveName }))['Archives'], 'State')).toEqual([
      'ENABLED',
    ]);

    const replay = {
      EventSourceArn: ArchiveArn,
      EventStartTime: new Date(now() - 3_600_000),
      EventEndTime: new Date(now()),
      Destination: { Arn: busArn },
    };
    await call('StartReplay', { ...replay, ReplayName: `again-${tag}` });
    await call('StartReplay', { ...replay, ReplayName: `never-${tag}` });
    expect(await call('CancelReplay', { ReplayName: `never-${tag}` })).toMatchObject({ State: 'CANCELLING' });
    await pass('PT1M');
    expect(await call('DescribeReplay', { ReplayName: `again-${tag}` })).toMatchObject({ State: 'COMPLETED' });
    expect(column((await call('ListReplays', { NamePrefix: 'never' }))['Replays'], 'State')).toContain('CANCELLED');
    expect(await queue.bodies()).toEqual(['{"order":1,"rule":"orders"}']);

    const whole = { id: '1', account: '0', source: 'shop', time: '2030-01-01T00:00:00Z', region: 'r', resources: [] };
    expect(
      await call('TestEventPattern', {
        EventPattern: '{"source":[{"prefix":"sh"}]}',
        Event: JSON.stringify({ ...whole, 'detail-type': 'x', detail: {} }),
      }),
    ).toEqual({ Result: true });

    expect(await call('RemoveTargets', { ...of, Ids: ['q'] })).toMatchObject({ FailedEntryCount: 0 });
    await call('DeleteRule', rule);
    await call('DeleteArchive', archive);
    await call('DeleteEventBus', { Name: bus });
    expect((await call('ListEventBuses', { NamePrefix: bus }))['EventBuses']).toEqual([]);
  },
};
