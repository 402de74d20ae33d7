import {
  ChangeMessageVisibilityBatchCommand,
  ChangeMessageVisibilityCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  PurgeQueueCommand,
  SendMessageBatchCommand,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SqsTools, sqsTools } from '../test-support/sqs.ts';
import { rejected, startTestStack, type TestStack } from '../test-support/start.ts';

describe('Messages of SQS, driven by the AWS SDK (which checks the digests itself)', () => {
  let stack: TestStack;
  let tools: SqsTools;

  beforeAll(async () => {
    stack = await startTestStack();
    tools = sqsTools(stack);
    await stack.local('clock', { to: '2030-01-01T00:00:00Z', freeze: true });
  });
  afterAll(() => stack.end());

  const pass = (advance: string) => stack.local('clock', { advance });

  describe('messages', () => {
    it('come with their attributes, and go when they are deleted', async () => {
      const url = await tools.create('letters');
      const sent = await tools.send(url, '花径', {
        MessageAttributes: {
          kind: { DataType: 'String', StringValue: 'welcome' },
          bytes: { DataType: 'Binary', BinaryValue: new Uint8Array([1, 2, 3]) },
          count: { DataType: 'Number.int', StringValue: '7' },
        },
        MessageSystemAttributes: { AWSTraceHeader: { DataType: 'String', StringValue: 'Root=1-2' } },
      });
      expect(sent.MD5OfMessageBody).toMatch(/^[0-9a-f]{32}$/);
      const [message] = await tools.receive(url, {
        MessageAttributeNames: ['All'],
        MessageSystemAttributeNames: ['All'],
      });
      expect(message).toMatchObject({
        MessageId: sent.MessageId,
        Body: '花径',
        MD5OfBody: sent.MD5OfMessageBody,
        MD5OfMessageAttributes: sent.MD5OfMessageAttributes,
        MessageAttributes: { kind: { StringValue: 'welcome' }, bytes: { BinaryValue: new Uint8Array([1, 2, 3]) } },
        Attributes: {
          ApproximateReceiveCount: '1',
          SentTimestamp: '1893456000000',
          ApproximateFirstReceiveTimestamp: '1893456000000',
          AWSTraceHeader: 'Root=1-2',
        },
      });
      expect(await tools.attributes(url, 'ApproximateNumberOfMessagesNotVisible')).toMatchObject({
        ApproximateNumberOfMessagesNotVisible: '1',
      });
      await tools.sqs.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: message?.ReceiptHandle }));
      await pass('PT1H');
      expect(await tools.receive(url)).toEqual([]);
    });

    it('tell only what is asked for', async () => {
      const url = await tools.create('quiet');
      await tools.send(url, 'x', { MessageAttributes: { 'order.id': { DataType: 'String', StringValue: '1' } } });
      const [plain] = await tools.receive(url, { VisibilityTimeout: 0 });
      expect(Object.keys(plain ?? {}).sort()).toEqual(['Body', 'MD5OfBody', 'MessageId', 'ReceiptHandle']);
      const [asked] = await tools.receive(url, {
        MessageAttributeNames: ['order.*'],
        MessageSystemAttributeNames: ['SentTimestamp'],
      });
      expect(Object.keys(asked?.MessageAttributes ?? {})).toEqual(['order.id']);
      expect(Object.keys(asked?.Attributes ?? {})).toEqual(['SentTimestamp']);
    });

    it('are hidden while somebody works on them, by the clock of the stack, and later or sooner when it is asked', async () => {
      const url = await tools.create('work', { VisibilityTimeout: '30' });
      await tools.send(url, 'job');
      const [first] = await tools.receive(url);
      await pass('PT29S');
      expect(await tools.receive(url)).toEqual([]);
      await tools.sqs.send(
        new ChangeMessageVisibilityCommand({
          QueueUrl: url,
          ReceiptHandle: first?.ReceiptHandle,
          VisibilityTimeout: 60,
        }),
      );
      await pass('PT59S');
      expect(await tools.receive(url)).toEqual([]);
      await pass('PT1S');
      const [second] = await tools.receive(url, { MessageSystemAttributeNames: ['ApproximateReceiveCount'] });
      expect(second?.Attributes).toEqual({ ApproximateReceiveCount: '2' });
      const stale = tools.sqs.send(
        new ChangeMessageVisibilityCommand({
          QueueUrl: url,
          ReceiptHandle: first?.ReceiptHandle,
          VisibilityTimeout: 0,
        }),
      );
      expect(await rejected(stale)).toMatchObject({ name: 'InvalidParameterValue' });
      await tools.sqs.send(
        new ChangeMessageVisibilityCommand({
          QueueUrl: url,
          ReceiptHandle: second?.ReceiptHandle,
          VisibilityTimeout: 0,
        }),
      );
      // An old receipt is taken, and deletes nothing.
      await tools.sqs.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: first?.ReceiptHandle }));
      expect(await tools.bodies(url)).toEqual(['job']);
    });

    it('wait for their delay', async () => {
      const url = await tools.create('delayed', { DelaySeconds: '10' });
      await tools.send(url, 'by the queue');
      await tools.send(url, 'by itself', { DelaySeconds: 20 });
      expect(await tools.attributes(url, 'ApproximateNumberOfMessagesDelayed')).toMatchObject({
        ApproximateNumberOfMessagesDelayed: '2',
      });
      await pass('PT10S');
      expect(await tools.bodies(url)).toEqual(['by the queue']);
      await pass('PT10S');
      expect(await tools.bodies(url)).toEqual(['by itself']);
    });

    it('are forgotten after their retention, and all at once by a purge', async () => {
      const url = await tools.create('short', { MessageRetentionPeriod: '60' });
      await tools.send(url, 'old');
      await pass('PT61S');
      expect(await tools.receive(url)).toEqual([]);
      await tools.send(url, 'new');
      await tools.sqs.send(new PurgeQueueCommand({ QueueUrl: url }));
      expect(await tools.receive(url)).toEqual([]);
    });

    it('answer a long poll at once when they come', async () => {
      const url = await tools.create('polled');
      const polling = tools.receive(url, { WaitTimeSeconds: 20 });
      await tools.send(url, 'here');
      expect((await polling).map(({ Body }) => Body)).toEqual(['here']);
    });

    it.each<[string, object, string, string]>([
      [
        'no body',
        { MessageBody: undefined },
        'MissingParameter',
        'The request must contain the parameter MessageBody.',
      ],
      ['a body of odd characters', { MessageBody: 'a\u0000b' }, 'InvalidMessageContents', 'Invalid characters found.'],
      [
        'more than a megabyte',
        { MessageBody: 'x'.repeat(1_048_577) },
        'InvalidParameterValue',
        'Message must be shorter than 1048576 bytes.',
      ],
      [
        'a long delay',
        { MessageBody: 'x', DelaySeconds: 901 },
        'InvalidParameterValue',
        'Value 901 for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= 900.',
      ],
    ])('are refused: %s', async (_, more, code, message) => {
      const url = await tools.create('picky');
      expect(await rejected(tools.send(url, '', more))).toMatchObject({
        name: code,
        message: expect.stringContaining(message),
      });
    });

    it('are refused: too many asked for, a receipt of nobody, a queue that is not there', async () => {
      const url = await tools.create('picky');
      expect(await rejected(tools.receive(url, { MaxNumberOfMessages: 11 }))).toMatchObject({
        message:
          'Value 11 for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if provided.',
      });
      expect(
        await rejected(tools.sqs.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: 'none' }))),
      ).toMatchObject({
        name: 'ReceiptHandleIsInvalid',
      });
      expect(await rejected(tools.send(`${url}-gone`, 'x'))).toMatchObject({
        name: 'QueueDoesNotExist',
        $metadata: { httpStatusCode: 400 },
      });
    });
  });

  describe('batches', () => {
    it('succeed and fail entry by entry', async () => {
      const QueueUrl = await tools.create('batched');
      const sent = await tools.sqs.send(
        new SendMessageBatchCommand({
          QueueUrl,
          Entries: [
            { Id: 'a', MessageBody: 'one' },
            { Id: 'b', MessageBody: 'late', DelaySeconds: 9999 },
            { Id: 'c', MessageBody: 'two' },
          ],
        }),
      );
      expect(sent.Successful?.map(({ Id }) => Id)).toEqual(['a', 'c']);
      expect(sent.Failed).toMatchObject([{ Id: 'b', SenderFault: true, Code: 'InvalidParameterValue' }]);
      const messages = await tools.receive(QueueUrl);
      const handles = messages.map(({ ReceiptHandle }, n) => ({ Id: `m${n}`, ReceiptHandle }));
      const changed = await tools.sqs.send(
        new ChangeMessageVisibilityBatchCommand({
          QueueUrl,
          Entries: handles.map((entry) => ({ ...entry, VisibilityTimeout: 90 })),
        }),
      );
      expect(changed.Successful).toHaveLength(2);
      const deleted = await tools.sqs.send(
        new DeleteMessageBatchCommand({ QueueUrl, Entries: [...handles, { Id: 'x', ReceiptHandle: 'none' }] }),
      );
      expect([deleted.Successful?.length, deleted.Failed?.[0]?.Code]).toEqual([2, 'ReceiptHandleIsInvalid']);
    });

    it.each<[string, { Id: string; MessageBody: string }[], string]>([
      ['nothing', [], 'EmptyBatchRequest'],
      [
        'eleven',
        Array.from({ length: 11 }, (_, n) => ({ Id: `${n}`, MessageBody: 'x' })),
        'TooManyEntriesInBatchRequest',
      ],
      [
        'twins',
        [
          { Id: 'a', MessageBody: 'x' },
          { Id: 'a', MessageBody: 'y' },
        ],
        'BatchEntryIdsNotDistinct',
      ],
      ['an odd id', [{ Id: 'a b', MessageBody: 'x' }], 'InvalidBatchEntryId'],
      ['too much', ['a', 'b'].map((Id) => ({ Id, MessageBody: 'x'.repeat(600_000) })), 'BatchRequestTooLong'],
    ])('are refused: %s', async (_, Entries, name) => {
      const QueueUrl = await tools.create('batched');
      expect(await rejected(tools.sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries })))).toMatchObject({
        name,
      });
    });
  });

  describe('FIFO queues', () => {
    const group = (MessageGroupId: string, MessageDeduplicationId?: string) => ({
      MessageGroupId,
      MessageDeduplicationId,
    });

    it('keep the order within a group, which waits while one of it is in work', async () => {
      const url = await tools.create('ordered.fifo', { FifoQueue: 'true' });
      for (const n of [1, 2, 3]) await tools.send(url, `a${n}`, group('a', `a${n}`));
      await tools.send(url, 'b1', group('b', 'b1'));
      const [first] = await tools.receive(url, { MaxNumberOfMessages: 1, MessageSystemAttributeNames: ['All'] });
      expect(first).toMatchObject({
        Body: 'a1',
        Attributes: {
          MessageGroupId: 'a',
          MessageDeduplicationId: 'a1',
          SequenceNumber: expect.stringMatching(/^\d{20}$/),
        },
      });
      expect(await tools.bodies(url)).toEqual(['b1']);
      await tools.sqs.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: first?.ReceiptHandle }));
      expect(await tools.bodies(url)).toEqual(['a2', 'a3']);
    });

    it('take the same message once within five minutes', async () => {
      const url = await tools.create('once.fifo', { FifoQueue: 'true', ContentBasedDeduplication: 'true' });
      const first = await tools.send(url, 'same', group('g'));
      const again = await tools.send(url, 'same', group('g'));
      expect([again.MessageId, again.SequenceNumber]).toEqual([first.MessageId, first.SequenceNumber]);
      await pass('PT5M');
      const later = await tools.send(url, 'same', group('g'));
      expect(later.MessageId).not.toBe(first.MessageId);
    });

    it('want a group and a way to know a message again', async () => {
      const url = await tools.create('ordered.fifo', { FifoQueue: 'true' });
      expect(await rejected(tools.send(url, 'x', { MessageDeduplicationId: 'd' }))).toMatchObject({
        message: 'The request must contain the parameter MessageGroupId.',
      });
      expect(await rejected(tools.send(url, 'x', group('g')))).toMatchObject({
        message:
          'The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
      });
    });
  });
});
