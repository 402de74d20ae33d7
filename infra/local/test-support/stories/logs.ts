import { expect } from 'vitest';
import { arn, column, type Story } from './story.ts';

export const logs: Story = {
  service: 'logs',
  async tell({ call, tag, now }) {
    const group = { logGroupName: `/shop/${tag}` };
    const stream = { ...group, logStreamName: 'web' };
    await call('CreateLogGroup', group);
    await call('PutRetentionPolicy', { ...group, retentionInDays: 30 });
    const described = await call('DescribeLogGroups', { logGroupNamePrefix: group.logGroupName });
    expect(described['logGroups']).toMatchObject([{ ...group, retentionInDays: 30 }]);
    await call('DeleteRetentionPolicy', group);
    const resourceArn = arn('logs', `log-group:${group.logGroupName}`);
    await call('TagResource', { resourceArn, tags: { team: 'shop', x: '1' } });
    await call('UntagResource', { resourceArn, tagKeys: ['x'] });
    expect(await call('ListTagsForResource', { resourceArn })).toEqual({ tags: { team: 'shop' } });

    await call('CreateLogStream', stream);
    const logEvents = ['one', 'two', '三'].map((message, n) => ({ timestamp: now() + n, message }));
    await call('PutLogEvents', { ...stream, logEvents });
    expect(column((await call('DescribeLogStreams', group))['logStreams'], 'firstEventTimestamp')).toEqual([now()]);
    expect(column((await call('GetLogEvents', { ...stream, limit: 2 }))['events'], 'message')).toEqual(['two', '三']);
    const found = await call('FilterLogEvents', { ...group, filterPattern: 'one' });
    expect(column(found['events'], 'message')).toEqual(['one']);

    await call('DeleteLogStream', stream);
    await call('DeleteLogGroup', group);
    await expect(call('FilterLogEvents', group)).rejects.toThrow(/The specified log group does not exist/);
  },
};
