import {
  AddPermissionCommand,
  CancelMessageMoveTaskCommand,
  DeleteQueueCommand,
  GetQueueUrlCommand,
  ListDeadLetterSourceQueuesCommand,
  ListMessageMoveTasksCommand,
  ListQueuesCommand,
  ListQueueTagsCommand,
  RemovePermissionCommand,
  SetQueueAttributesCommand,
  StartMessageMoveTaskCommand,
  TagQueueCommand,
  UntagQueueCommand,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { arn, type SqsTools, sqsTools } from '../test-support/sqs.ts';
import { rejected, startTestStack, type TestStack } from '../test-support/start.ts';

describe('Queues of SQS, driven by the AWS SDK', () => {
  let stack: TestStack;
  let tools: SqsTools;

  beforeAll(async () => {
    stack = await startTestStack();
    tools = sqsTools(stack);
    await stack.local('clock', { to: '2030-01-01T00:00:00Z', freeze: true });
  });
  afterAll(() => stack.end());

  const pass = (advance: string) => stack.local('clock', { advance });

  describe('queues', () => {
    it('are made, found, listed, changed and deleted', async () => {
      const url = await tools.create('plain', { VisibilityTimeout: '45' });
      expect(url).toBe(`${stack.urls.endpoint}/000000000000/plain`);
      expect(await tools.create('plain', { VisibilityTimeout: '45' })).toBe(url);
      expect((await tools.sqs.send(new GetQueueUrlCommand({ QueueName: 'plain' }))).QueueUrl).toBe(url);
      expect(await tools.attributes(url, 'All')).toMatchObject({
        QueueArn: arn('plain'),
        VisibilityTimeout: '45',
        MaximumMessageSize: '1048576',
        MessageRetentionPeriod: '345600',
        DelaySeconds: '0',
        ReceiveMessageWaitTimeSeconds: '0',
        ApproximateNumberOfMessages: '0',
        CreatedTimestamp: '1893456000',
      });
      await tools.sqs.send(new SetQueueAttributesCommand({ QueueUrl: url, Attributes: { DelaySeconds: '7' } }));
      expect(await tools.attributes(url, 'DelaySeconds', 'VisibilityTimeout')).toEqual({
        DelaySeconds: '7',
        VisibilityTimeout: '45',
      });
      for (const n of [1, 2, 3]) await tools.create(`page-${n}`);
      const first = await tools.sqs.send(new ListQueuesCommand({ QueueNamePrefix: 'page-', MaxResults: 2 }));
      const second = await tools.sqs.send(
        new ListQueuesCommand({ QueueNamePrefix: 'page-', MaxResults: 2, NextToken: first.NextToken }),
      );
      expect([first.QueueUrls?.length, second.QueueUrls?.length, second.NextToken]).toEqual([2, 1, undefined]);
      await tools.sqs.send(new DeleteQueueCommand({ QueueUrl: url }));
      expect(await rejected(tools.sqs.send(new GetQueueUrlCommand({ QueueName: 'plain' })))).toMatchObject({
        name: 'QueueDoesNotExist',
        message: 'The specified queue does not exist.',
      });
    });

    it('have tags and permissions', async () => {
      const QueueUrl = await tools.create('shared');
      await tools.sqs.send(new TagQueueCommand({ QueueUrl, Tags: { team: 'shop', cost: '1' } }));
      await tools.sqs.send(new UntagQueueCommand({ QueueUrl, TagKeys: ['cost'] }));
      expect((await tools.sqs.send(new ListQueueTagsCommand({ QueueUrl }))).Tags).toEqual({ team: 'shop' });
      const permission = { QueueUrl, Label: 'partner' };
      await tools.sqs.send(
        new AddPermissionCommand({ ...permission, AWSAccountIds: ['111111111111'], Actions: ['SendMessage'] }),
      );
      expect(JSON.parse((await tools.attributes(QueueUrl, 'Policy'))['Policy'] ?? '')).toMatchObject({
        Statement: [{ Sid: 'partner', Action: ['SQS:SendMessage'], Resource: arn('shared') }],
      });
      await tools.sqs.send(new RemovePermissionCommand(permission));
      expect(await tools.attributes(QueueUrl, 'Policy')).toEqual({});
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
      expect(await rejected(tools.create(name, given))).toMatchObject({
        name: code,
        message: expect.stringContaining(message),
      });
    });
  });

  describe('dead letters', () => {
    it('go to their queue when they were received too often, and come back when they are asked', async () => {
      const dead = await tools.create('dead');
      const url = await tools.create('trouble', {
        VisibilityTimeout: '1',
        RedrivePolicy: JSON.stringify({ deadLetterTargetArn: arn('dead'), maxReceiveCount: 2 }),
      });
      await tools.send(url, 'poison', { MessageAttributes: { kind: { DataType: 'String', StringValue: 'k' } } });
      for (const _ of [1, 2]) {
        expect(await tools.bodies(url)).toEqual(['poison']);
        await pass('PT2S');
      }
      expect(await tools.receive(url)).toEqual([]);
      const [letter] = await tools.receive(dead, {
        MessageSystemAttributeNames: ['All'],
        MessageAttributeNames: ['All'],
        VisibilityTimeout: 0,
      });
      expect(letter).toMatchObject({
        Body: 'poison',
        Attributes: { DeadLetterQueueSourceArn: arn('trouble') },
        MessageAttributes: { kind: { StringValue: 'k' } },
      });
      const sources = await tools.sqs.send(new ListDeadLetterSourceQueuesCommand({ QueueUrl: dead }));
      expect(sources.queueUrls).toEqual([url]);
      const task = await tools.sqs.send(new StartMessageMoveTaskCommand({ SourceArn: arn('dead') }));
      expect(await tools.bodies(url)).toEqual(['poison']);
      const { Results } = await tools.sqs.send(new ListMessageMoveTasksCommand({ SourceArn: arn('dead') }));
      expect(Results).toMatchObject([{ Status: 'COMPLETED', ApproximateNumberOfMessagesMoved: 1 }]);
      expect(
        await rejected(tools.sqs.send(new CancelMessageMoveTaskCommand({ TaskHandle: task.TaskHandle }))),
      ).toMatchObject({
        message: 'Only active tasks can be cancelled.',
      });
      expect(
        await rejected(tools.sqs.send(new StartMessageMoveTaskCommand({ SourceArn: arn('trouble') }))),
      ).toMatchObject({
        message: 'Source queue must be configured as a Dead Letter Queue.',
      });
    });
  });

  it('keeps everything over a restart, also what somebody had in hand', async () => {
    const url = await tools.create('lasting', { VisibilityTimeout: '30' });
    await tools.send(url, 'in hand');
    await tools.receive(url);
    await tools.send(url, 'waiting');
    await stack.close();
    stack = await startTestStack({ data: stack.data });
    tools = sqsTools(stack);
    const again = await tools.create('lasting', { VisibilityTimeout: '30' });
    expect(await tools.bodies(again)).toEqual(['waiting']);
    await pass('PT31S');
    expect((await tools.bodies(again)).sort()).toEqual(['in hand', 'waiting']);
  });
});
