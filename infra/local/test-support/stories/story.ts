import type { Call, Json } from '../callers.ts';

/** What somebody does with one service from the first day to the last, every operation at least once. */
export interface Story {
  /** As the AWS CLI calls it. */
  readonly service: string;
  /** Arguments of the CLI for operations that it does not take as one JSON. */
  readonly args?: Readonly<Record<string, readonly string[]>>;
  tell(world: World): Promise<void>;
}

export interface World {
  /** Calls the service of the story. */
  readonly call: Call;
  /** Calls SQS, where targets put things. */
  readonly sqs: Call;
  /** Keeps names of two tellings apart. */
  readonly tag: string;
  now(): number;
  pass(duration: string): Promise<unknown>;
}

export const column = (list: unknown, key: string): unknown[] => (list as Json[]).map((one) => one[key]);

const ACCOUNT = '000000000000';

/** The ARN of a thing of the stack. */
export const arn = (service: string, resource: string): string => `arn:aws:${service}:us-east-1:${ACCOUNT}:${resource}`;

/** A queue of its own for a story. */
export async function queueFor(
  { sqs, tag }: World,
  name: string,
): Promise<{ arn: string; bodies(): Promise<unknown[]> }> {
  const { QueueUrl } = await sqs('CreateQueue', { QueueName: `${name}-${tag}` });
  return {
    arn: arn('sqs', `${name}-${tag}`),
    async bodies() {
      const { Messages = [] } = await sqs('ReceiveMessage', { QueueUrl, MaxNumberOfMessages: 10 });
      for (const ReceiptHandle of column(Messages, 'ReceiptHandle'))
        await sqs('DeleteMessage', { QueueUrl, ReceiptHandle });
      return column(Messages, 'Body');
    },
  };
}
