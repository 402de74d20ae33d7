import { expect } from 'vitest';
import { arn, column, queueFor, type Story } from './story.ts';

export const scheduler: Story = {
  service: 'scheduler',
  async tell(world) {
    const { call, tag, now, pass } = world;
    const queue = await queueFor(world, 'scheduled');
    const GroupName = `promises-${tag}`;
    const { ScheduleGroupArn: ResourceArn } = await call('CreateScheduleGroup', { Name: GroupName });
    expect(await call('GetScheduleGroup', { Name: GroupName })).toMatchObject({ State: 'ACTIVE' });
    expect(column((await call('ListScheduleGroups', { NamePrefix: GroupName }))['ScheduleGroups'], 'Arn')).toEqual([
      ResourceArn,
    ]);
    await call('TagResource', {
      ResourceArn,
      Tags: [
        { Key: 'team', Value: '私域' },
        { Key: 'x', Value: '1' },
      ],
    });
    await call('UntagResource', { ResourceArn, TagKeys: ['x'] });
    expect((await call('ListTagsForResource', { ResourceArn }))['Tags']).toEqual([{ Key: 'team', Value: '私域' }]);

    const schedule = {
      Name: 'once',
      GroupName,
      ScheduleExpression: `at(${new Date(now() + 3_600_000).toISOString().slice(0, 19)})`,
      FlexibleTimeWindow: { Mode: 'OFF' },
      Target: { Arn: queue.arn, RoleArn: 'arn:aws:iam::000000000000:role/r', Input: '"now"' },
    };
    const { ScheduleArn } = await call('CreateSchedule', schedule);
    expect(ScheduleArn).toBe(arn('scheduler', `schedule/${GroupName}/once`));
    await call('UpdateSchedule', { ...schedule, Description: 'in an hour' });
    const named = { Name: 'once', GroupName };
    expect(await call('GetSchedule', named)).toMatchObject({ State: 'ENABLED', Description: 'in an hour' });
    expect(column((await call('ListSchedules', { GroupName }))['Schedules'], 'Name')).toEqual(['once']);
    await pass('PT2H');
    expect(await queue.bodies()).toEqual(['"now"']);
    await call('DeleteSchedule', named);
    await call('DeleteScheduleGroup', { Name: GroupName });
    expect((await call('ListScheduleGroups', { NamePrefix: GroupName }))['ScheduleGroups']).toEqual([]);
  },
};
