import {
  AddPermissionCommand,
  CancelMessageMoveTaskCommand,
  ChangeMessageVisibilityBatchCommand,
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListDeadLetterSourceQueuesCommand,
  ListMessageMoveTasksCommand,
  ListQueuesCommand,
  ListQueueTagsCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  type ReceiveMessageCommandInput,
  RemovePermissionCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  type SendMessageCommandInput,
  SetQueueAttributesCommand,
  SQSClient,
  StartMessageMoveTaskCommand,
  TagQueueCommand,
  UntagQueueCommand,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rejected, sdk, startTestStack, type TestStack } from '../test-support/start.ts';

describe('SQS, driven by the AWS SDK (which checks the digests itself)', () => {
  let stack: TestStack;
  let sqs: SQSClient;

  beforeAll(async () => {
    stack = await startTestStack();
    sqs = new SQSClient(sdk(stack));
    await stack.local('clock', { to: '2030-01-01T00:00:00Z', freeze: true });
  });
  afterAll(() => stack.end());

  const create = async (QueueName: string, Attributes: Record<string, string> = {}) =>
    (await sqs.send(new CreateQueueCommand({ QueueName, Attributes }))).QueueUrl ?? '';
  const arn = (name: string) => `arn:aws:sqs:us-east-1:000000000000:${name}`;
  const send = (QueueUrl: string, MessageBody: string, more: Partial<SendMessageCommandInput> = {}) =>
    sqs.send(new SendMessageCommand({ QueueUrl, MessageBody, ...more }));
  const receive = async (QueueUrl: string, more: Partial<ReceiveMessageCommandInput> = {}) =>
    (await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, ...more }))).Messages ?? [];
  const bodies = async (url: string, more: Partial<ReceiveMessageCommandInput> = {}) =>
    (await receive(url, more)).map(({ Body }) => Body);
  const attributes = async (QueueUrl: string, ...names: string[]) =>
    (await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: names as 'All'[] }))).Attributes ?? {};
  const pass = (advance: string) => stack.local('clock', { advance });

  describe('queues', () => {
    it('are made, found, listed, changed and deleted', async () => {
      const url = await create('plain', { VisibilityTimeout: '45' });
      expect(url).toBe(`${stack.urls.endpoint}/000000000000/plain`);
      expect(await create('plain', { VisibilityTimeout: '45' })).toBe(url);
      expect((await sqs.send(new GetQueueUrlCommand({ QueueName: 'plain' }))).QueueUrl).toBe(url);
      expect(await attributes(url, 'All')).toMatchObject({
        QueueArn: arn('plain'),
        VisibilityTimeout: '45',
        MaximumMessageSize: '1048576',
        MessageRetentionPeriod: '345600',
        DelaySeconds: '0',
        ReceiveMessageWaitTimeSeconds: '0',
        ApproximateNumberOfMessages: '0',
        CreatedTimestamp: '1893456000',
      });
      await sqs.send(new SetQueueAttributesCommand({ QueueUrl: url, Attributes: { DelaySeconds: '7' } }));
      expect(await attributes(url, 'DelaySeconds', 'VisibilityTimeout')).toEqual({
        DelaySeconds: '7',
        VisibilityTimeout: '45',
      });
      for (const n of [1, 2, 3]) await create(`page-${n}`);
      const first = await sqs.send(new ListQueuesCommand({ QueueNamePrefix: 'page-', MaxResults: 2 }));
      const second = await sqs.send(
        new ListQueuesCommand({ QueueNamePrefix: 'page-', MaxResults: 2, NextToken: first.NextToken }),
      );
      expect([first.QueueUrls?.length, second.QueueUrls?.length, second.NextToken]).toEqual([2, 1, undefined]);
      await sqs.send(new DeleteQueueCommand({ QueueUrl: url }));
      expect(await rejected(sqs.send(new GetQueueUrlCommand({ QueueName: 'plain' })))).toMatchObject({
        name: 'QueueDoesNotExist',
        message: 'The specified queue does not exist.',
      });
    });

    it('have tags and permissions', async () => {
      const QueueUrl = await create('shared');
      await sqs.send(new TagQueueCommand({ QueueUrl, Tags: { team: 'shop', cost: '1' } }));
      await sqs.send(new UntagQueueCommand({ QueueUrl, TagKeys: ['cost'] }));
      expect((await sqs.send(new ListQueueTagsCommand({ QueueUrl }))).Tags).toEqual({ team: 'shop' });
      const permission = { QueueUrl, Label: 'partner' };
      await sqs.send(
        new AddPermissionCommand({ ...permission, AWSAccountIds: ['111111111111'], Actions: ['SendMessage'] }),
      );
      expect(JSON.parse((await attributes(QueueUrl, 'Policy'))['Policy'] ?? '')).toMatchObject({
        Statement: [{ Sid: 'partner', Action: ['SQS:SendMessage'], Resource: arn('shared') }],
      });
      await sqs.send(new RemovePermissionCommand(permission));
      expect(await attributes(QueueUrl, 'Policy')).toEqual({});
    });

    it.each<[string, Record<string, string>, string, string]>([
      [
        'odd name!',
        {},
        'InvalidParameterValue',
        'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length',
      ],
      ['a.fifo', {}, 'InvalidParameterValue', 'Can only include alphanumeric'],
      ['plain-fifo', { FifoQueue: 'true' }, 'InvalidParameterValue', 'must end with .fifo suffix'],
      ['x', { Colour: 'red' }, 'InvalidAttributeName', 'Unknown Attribute Colour.'],
      [
        'x',
        { VisibilityTimeout: '43201' },
        'InvalidAttributeValue',
        'Invalid value for the parameter VisibilityTimeout.',
      ],
      [
        'page-1',
        { VisibilityTimeout: '31' },
        'QueueNameExists',
        'A queue already exists with the same name and a different value for attribute VisibilityTimeout',
      ],
    ])('are refused: %s %j', async (name, given, code, message) => {
      expect(await rejected(create(name, given))).toMatchObject({
        name: code,
        message: expect.stringContaining(message),
      });
    });
  });

  describe('messages', () => {
    it('come with their attributes, and go when they are deleted', async () => {
      const url = await create('letters');
      const sent = await send(url, '花径', {
        MessageAttributes: {
          kind: { DataType: 'String', StringValue: 'welcome' },
          bytes: { DataType: 'Binary', BinaryValue: new Uint8Array([1, 2, 3]) },
          count: { DataType: 'Number.int', StringValue: '7' },
        },
        MessageSystemAttributes: { AWSTraceHeader: { DataType: 'String', StringValue: 'Root=1-2' } },
      });
      expect(sent.MD5OfMessageBody).toMatch(/^[0-9a-f]{32}$/);
      const [message] = await receive(url, { MessageAttributeNames: ['All'], MessageSystemAttributeNames: ['All'] });
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
      expect(await attributes(url, 'ApproximateNumberOfMessagesNotVisible')).toMatchObject({
        ApproximateNumberOfMessagesNotVisible: '1',
      });
      await sqs.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: message?.ReceiptHandle }));
      await pass('PT1H');
      expect(await receive(url)).toEqual([]);
    });

    it('tell only what is asked for', async () => {
      const url = await create('quiet');
      await send(url, 'x', { MessageAttributes: { 'order.id': { DataType: 'String', StringValue: '1' } } });
      const [plain] = await receive(url, { VisibilityTimeout: 0 });
      expect(Object.keys(plain ?? {}).sort()).toEqual(['Body', 'MD5OfBody', 'MessageId', 'ReceiptHandle']);
      const [asked] = await receive(url, {
        MessageAttributeNames: ['order.*'],
        MessageSystemAttributeNames: ['SentTimestamp'],
      });
      expect(Object.keys(asked?.MessageAttributes ?? {})).toEqual(['order.id']);
      expect(Object.keys(asked?.Attributes ?? {})).toEqual(['SentTimestamp']);
    });

    it('are hidden while somebody works on them, by the clock of the stack, and later or sooner when it is asked', async () => {
      const url = await create('work', { VisibilityTimeout: '30' });
      await send(url, 'job');
      const [first] = await receive(url);
      await pass('PT29S');
      expect(await receive(url)).toEqual([]);
      await sqs.send(
        new ChangeMessageVisibilityCommand({
          QueueUrl: url,
          ReceiptHandle: first?.ReceiptHandle,
          VisibilityTimeout: 60,
        }),
      );
      await pass('PT59S');
      expect(await receive(url)).toEqual([]);
      await pass('PT1S');
      const [second] = await receive(url, { MessageSystemAttributeNames: ['ApproximateReceiveCount'] });
      expect(second?.Attributes).toEqual({ ApproximateReceiveCount: '2' });
      const stale = sqs.send(
        new ChangeMessageVisibilityCommand({
          QueueUrl: url,
          ReceiptHandle: first?.ReceiptHandle,
          VisibilityTimeout: 0,
        }),
      );
      expect(await rejected(stale)).toMatchObject({ name: 'InvalidParameterValue' });
      await sqs.send(
        new ChangeMessageVisibilityCommand({
          QueueUrl: url,
          ReceiptHandle: second?.ReceiptHandle,
          VisibilityTimeout: 0,
        }),
      );
      // An old receipt is taken, and deletes nothing.
      await sqs.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: first?.ReceiptHandle }));
      expect(await bodies(url)).toEqual(['job']);
    });

    it('wait for their delay', async () => {
      const url = await create('delayed', { DelaySeconds: '10' });
      await send(url, 'by the queue');
      await send(url, 'by itself', { DelaySeconds: 20 });
      expect(await attributes(url, 'ApproximateNumberOfMessagesDelayed')).toMatchObject({
        ApproximateNumberOfMessagesDelayed: '2',
      });
      await pass('PT10S');
      expect(await bodies(url)).toEqual(['by the queue']);
      await pass('PT10S');
      expect(await bodies(url)).toEqual(['by itself']);
    });

    it('are forgotten after their retention, and all at once by a purge', async () => {
      const url = await create('short', { MessageRetentionPeriod: '60' });
      await send(url, 'old');
      await pass('PT61S');
      expect(await receive(url)).toEqual([]);
      await send(url, 'new');
      await sqs.send(new PurgeQueueCommand({ QueueUrl: url }));
      expect(await receive(url)).toEqual([]);
    });

    it('answer a long poll at once when they come', async () => {
      const url = await create('polled');
      const polling = receive(url, { WaitTimeSeconds: 20 });
      await send(url, 'here');
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
      const url = await create('picky');
      expect(await rejected(send(url, '', more))).toMatchObject({
        name: code,
        message: expect.stringContaining(message),
      });
    });

    it('are refused: too many asked for, a receipt of nobody, a queue that is not there', async () => {
      const url = await create('picky');
      expect(await rejected(receive(url, { MaxNumberOfMessages: 11 }))).toMatchObject({
        message:
          'Value 11 for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if provided.',
      });
      expect(
        await rejected(sqs.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: 'none' }))),
      ).toMatchObject({
        name: 'ReceiptHandleIsInvalid',
      });
      expect(await rejected(send(`${url}-gone`, 'x'))).toMatchObject({
        name: 'QueueDoesNotExist',
        $metadata: { httpStatusCode: 400 },
      });
    });
  });

  describe('batches', () => {
    it('succeed and fail entry by entry', async () => {
      const QueueUrl = await create('batched');
      const sent = await sqs.send(
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
      const messages = await receive(QueueUrl);
      const handles = messages.map(({ ReceiptHandle }, n) => ({ Id: `m${n}`, ReceiptHandle }));
      const changed = await sqs.send(
        new ChangeMessageVisibilityBatchCommand({
          QueueUrl,
          Entries: handles.map((entry) => ({ ...entry, VisibilityTimeout: 90 })),
        }),
      );
      expect(changed.Successful).toHaveLength(2);
      const deleted = await sqs.send(
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
      const QueueUrl = await create('batched');
      expect(await rejected(sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries })))).toMatchObject({ name });
    });
  });

  describe('dead letters', () => {
    it('go to their queue when they were received too often, and come back when they are asked', async () => {
      const dead = await create('dead');
      const url = await create('trouble', {
        VisibilityTimeout: '1',
        RedrivePolicy: JSON.stringify({ deadLetterTargetArn: arn('dead'), maxReceiveCount: 2 }),
      });
      await send(url, 'poison', { MessageAttributes: { kind: { DataType: 'String', StringValue: 'k' } } });
      for (const _ of [1, 2]) {
        expect(await bodies(url)).toEqual(['poison']);
        await pass('PT2S');
      }
      expect(await receive(url)).toEqual([]);
      const [letter] = await receive(dead, {
        MessageSystemAttributeNames: ['All'],
        MessageAttributeNames: ['All'],
        VisibilityTimeout: 0,
      });
      expect(letter).toMatchObject({
        Body: 'poison',
        Attributes: { DeadLetterQueueSourceArn: arn('trouble') },
        MessageAttributes: { kind: { StringValue: 'k' } },
      });
      const sources = await sqs.send(new ListDeadLetterSourceQueuesCommand({ QueueUrl: dead }));
      expect(sources.queueUrls).toEqual([url]);
      const task = await sqs.send(new StartMessageMoveTaskCommand({ SourceArn: arn('dead') }));
      expect(await bodies(url)).toEqual(['poison']);
      const { Results } = await sqs.send(new ListMessageMoveTasksCommand({ SourceArn: arn('dead') }));
      expect(Results).toMatchObject([{ Status: 'COMPLETED', ApproximateNumberOfMessagesMoved: 1 }]);
      expect(await rejected(sqs.send(new CancelMessageMoveTaskCommand({ TaskHandle: task.TaskHandle })))).toMatchObject(
        {
          message: 'Only active tasks can be cancelled.',
        },
      );
      expect(await rejected(sqs.send(new StartMessageMoveTaskCommand({ SourceArn: arn('trouble') })))).toMatchObject({
        message: 'Source queue must be configured as a Dead Letter Queue.',
      });
    });
  });

  describe('FIFO queues', () => {
    const group = (MessageGroupId: string, MessageDeduplicationId?: string) => ({
      MessageGroupId,
      MessageDeduplicationId,
    });

    it('keep the order within a group, which waits while one of it is in work', async () => {
      const url = await create('ordered.fifo', { FifoQueue: 'true' });
      for (const n of [1, 2, 3]) await send(url, `a${n}`, group('a', `a${n}`));
      await send(url, 'b1', group('b', 'b1'));
      const [first] = await receive(url, { MaxNumberOfMessages: 1, MessageSystemAttributeNames: ['All'] });
      expect(first).toMatchObject({
        Body: 'a1',
        Attributes: {
          MessageGroupId: 'a',
          MessageDeduplicationId: 'a1',
          SequenceNumber: expect.stringMatching(/^\d{20}$/),
        },
      });
      expect(await bodies(url)).toEqual(['b1']);
      await sqs.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: first?.ReceiptHandle }));
      expect(await bodies(url)).toEqual(['a2', 'a3']);
    });

    it('take the same message once within five minutes', async () => {
      const url = await create('once.fifo', { FifoQueue: 'true', ContentBasedDeduplication: 'true' });
      const first = await send(url, 'same', group('g'));
      const again = await send(url, 'same', group('g'));
      expect([again.MessageId, again.SequenceNumber]).toEqual([first.MessageId, first.SequenceNumber]);
      await pass('PT5M');
      const later = await send(url, 'same', group('g'));
      expect(later.MessageId).not.toBe(first.MessageId);
    });

    it('want a group and a way to know a message again', async () => {
      const url = await create('ordered.fifo', { FifoQueue: 'true' });
      expect(await rejected(send(url, 'x', { MessageDeduplicationId: 'd' }))).toMatchObject({
        message: 'The request must contain the parameter MessageGroupId.',
      });
      expect(await rejected(send(url, 'x', group('g')))).toMatchObject({
        message:
          'The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
      });
    });
  });

  it('keeps everything over a restart, also what somebody had in hand', async () => {
    const url = await create('lasting', { VisibilityTimeout: '30' });
    await send(url, 'in hand');
    await receive(url);
    await send(url, 'waiting');
    await stack.close();
    stack = await startTestStack({ data: stack.data });
    sqs = new SQSClient(sdk(stack));
    const again = await create('lasting', { VisibilityTimeout: '30' });
    expect(await bodies(again)).toEqual(['waiting']);
    await pass('PT31S');
    expect((await bodies(again)).sort()).toEqual(['in hand', 'waiting']);
  });
});
