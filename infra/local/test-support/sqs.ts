import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  type ReceiveMessageCommandInput,
  SendMessageCommand,
  type SendMessageCommandInput,
  type SendMessageCommandOutput,
  SQSClient,
} from '@aws-sdk/client-sqs';
import type { Stack } from '../stack.ts';
import { sdk } from './start.ts';

/** What tests of SQS do again and again. */
export interface SqsTools {
  readonly sqs: SQSClient;
  /** Makes a queue; gives its URL. */
  create(name: string, attributes?: Record<string, string>): Promise<string>;
  send(url: string, body: string, more?: Partial<SendMessageCommandInput>): Promise<SendMessageCommandOutput>;
  receive(url: string, more?: Partial<ReceiveMessageCommandInput>): Promise<Message[]>;
  bodies(url: string, more?: Partial<ReceiveMessageCommandInput>): Promise<(string | undefined)[]>;
  attributes(url: string, ...names: string[]): Promise<Record<string, string>>;
}

/** The ARN of a queue of the stack. */
export const arn = (name: string): string => `arn:aws:sqs:us-east-1:000000000000:${name}`;

export function sqsTools(stack: Stack): SqsTools {
  const sqs = new SQSClient(sdk(stack));
  const receive: SqsTools['receive'] = async (QueueUrl, more = {}) =>
    (await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, ...more }))).Messages ?? [];
  return {
    sqs,
    create: async (QueueName, Attributes = {}) =>
      (await sqs.send(new CreateQueueCommand({ QueueName, Attributes }))).QueueUrl ?? '',
    send: (QueueUrl, MessageBody, more = {}) => sqs.send(new SendMessageCommand({ QueueUrl, MessageBody, ...more })),
    receive,
    bodies: async (url, more) => (await receive(url, more)).map(({ Body }) => Body),
    attributes: async (QueueUrl, ...names) =>
      (await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: names as 'All'[] }))).Attributes ?? {},
  };
}
