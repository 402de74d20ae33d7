import {
  CreateQueueCommand,
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';

/** A queue of its own for a test: its ARN for targets, and what came into it. */
export interface TestQueue {
  readonly url: string;
  readonly arn: string;
  /** Takes everything out that is there now. */
  take(): Promise<Message[]>;
  /** The bodies of what is taken out, parsed. */
  bodies<T = Record<string, unknown>>(): Promise<T[]>;
}

export async function testQueue(
  sqs: SQSClient,
  QueueName: string,
  Attributes: Record<string, string> = {},
): Promise<TestQueue> {
  const { QueueUrl: url = '' } = await sqs.send(new CreateQueueCommand({ QueueName, Attributes }));
  async function take(): Promise<Message[]> {
    const all: Message[] = [];
    for (;;) {
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({
          QueueUrl: url,
          MaxNumberOfMessages: 10,
          MessageAttributeNames: ['All'],
          MessageSystemAttributeNames: ['All'],
        }),
      );
      if (Messages.length === 0) return all;
      for (const { ReceiptHandle } of Messages)
        await sqs.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle }));
      all.push(...Messages);
    }
  }
  return {
    url,
    arn: `arn:aws:sqs:us-east-1:000000000000:${QueueName}`,
    take,
    bodies: async <T>() => (await take()).map(({ Body = 'null' }) => JSON.parse(Body) as T),
  };
}
