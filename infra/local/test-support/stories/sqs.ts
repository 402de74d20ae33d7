import { expect } from 'vitest';
import type { Json } from '../callers.ts';
import { arn, column, type Story } from './story.ts';

export const sqs: Story = {
  service: 'sqs',
  async tell({ call, tag }) {
    const name = `work-${tag}`;
    const urlOf = async (QueueName: string, more: Json = {}) =>
      (await call('CreateQueue', { QueueName, ...more }))['QueueUrl'] as string;
    const dead = await urlOf(`dead-${tag}`);
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: arn('sqs', `dead-${tag}`), maxReceiveCount: '1' });
    const QueueUrl = await urlOf(name, { Attributes: { RedrivePolicy }, tags: { team: 'shop' } });
    const taken = async (more: Json = {}) =>
      ((await call('ReceiveMessage', { QueueUrl, MaxNumberOfMessages: 10, ...more }))['Messages'] ?? []) as Json[];

    expect(await call('GetQueueUrl', { QueueName: name })).toEqual({ QueueUrl });
    expect((await call('ListQueues', { QueueNamePrefix: name }))['QueueUrls']).toEqual([QueueUrl]);
    expect((await call('ListDeadLetterSourceQueues', { QueueUrl: dead }))['queueUrls']).toEqual([QueueUrl]);
    await call('TagQueue', { QueueUrl, Tags: { cost: '1' } });
    await call('UntagQueue', { QueueUrl, TagKeys: ['team'] });
    expect(await call('ListQueueTags', { QueueUrl })).toEqual({ Tags: { cost: '1' } });
    await call('AddPermission', {
      QueueUrl,
      Label: 'partner',
      AWSAccountIds: ['111111111111'],
      Actions: ['SendMessage'],
    });
    await call('RemovePermission', { QueueUrl, Label: 'partner' });
    await call('SetQueueAttributes', { QueueUrl, Attributes: { VisibilityTimeout: '77' } });

    const kind = { DataType: 'String', StringValue: 'k & <k>' };
    const sent = await call('SendMessage', { QueueUrl, MessageBody: '花 & <径>', MessageAttributes: { kind } });
    expect(sent).toMatchObject({
      MessageId: expect.any(String),
      MD5OfMessageBody: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
    const Entries = [1, 2, 3].map((n) => ({ Id: `${n}`, MessageBody: `m${n}` }));
    const batch = await call('SendMessageBatch', { QueueUrl, Entries });
    expect(column(batch['Successful'], 'Id')).toEqual(['1', '2', '3']);
    expect(await call('GetQueueAttributes', { QueueUrl, AttributeNames: ['All'] })).toMatchObject({
      Attributes: { QueueArn: arn('sqs', name), ApproximateNumberOfMessages: '4', VisibilityTimeout: '77' },
    });

    const messages = await taken({ AttributeNames: ['All'], MessageAttributeNames: ['All'] });
    expect(messages).toMatchObject([
      { Body: '花 & <径>', MessageAttributes: { kind }, Attributes: { ApproximateReceiveCount: '1' } },
      ...Entries.map(({ MessageBody }) => ({ Body: MessageBody })),
    ]);
    const ReceiptHandle = (n: number) => messages[n]?.['ReceiptHandle'];
    await call('DeleteMessage', { QueueUrl, ReceiptHandle: ReceiptHandle(0) });
    await call('DeleteMessageBatch', { QueueUrl, Entries: [{ Id: 'a', ReceiptHandle: ReceiptHandle(1) }] });
    await call('ChangeMessageVisibility', { QueueUrl, ReceiptHandle: ReceiptHandle(2), VisibilityTimeout: 0 });
    const seen = [{ Id: 'a', ReceiptHandle: ReceiptHandle(3), VisibilityTimeout: 0 }];
    await call('ChangeMessageVisibilityBatch', { QueueUrl, Entries: seen });
    expect(await taken()).toEqual([]);
    expect(column(await taken({ QueueUrl: dead, VisibilityTimeout: 0 }), 'Body')).toEqual(['m2', 'm3']);

    const SourceArn = arn('sqs', `dead-${tag}`);
    const { TaskHandle } = await call('StartMessageMoveTask', { SourceArn });
    expect(column((await call('ListMessageMoveTasks', { SourceArn }))['Results'], 'Status')).toEqual(['COMPLETED']);
    await expect(call('CancelMessageMoveTask', { TaskHandle })).rejects.toThrow(/active/i);
    expect(column(await taken(), 'Body')).toEqual(['m2', 'm3']);

    await call('PurgeQueue', { QueueUrl });
    await call('DeleteQueue', { QueueUrl });
    await expect(taken()).rejects.toThrow(/The specified queue does not exist/);
  },
};
