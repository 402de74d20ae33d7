import { Duration } from 'aws-cdk-lib';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import { queueName } from './names.ts';

/** A queue of what could not be handled, kept for as long as SQS keeps anything: two weeks to look and redrive. */
export function deadLetters(scope: Construct, of: string): Queue {
  const queue = new Queue(scope, `${of}-dlq`, {
    queueName: queueName(`${of}-dlq`),
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    retentionPeriod: Duration.days(14),
  });
  const reason = 'This queue is itself the dead-letter queue; an alarm watches its depth.';
  acknowledge(queue, { 'AwsSolutions-SQS3': reason, 'Serverless-SQSRedrivePolicy': reason });
  return queue;
}

/** A queue for a function: hidden for six times its timeout, as Lambda asks, then given up after `maxReceive`. */
export function workQueue(
  scope: Construct,
  name: string,
  props: { deadLetterQueue: Queue; maxReceive: number; handlerSeconds: number },
): Queue {
  return new Queue(scope, name, {
    queueName: queueName(name),
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    visibilityTimeout: Duration.seconds(props.handlerSeconds * 6),
    retentionPeriod: Duration.days(14),
    deadLetterQueue: { queue: props.deadLetterQueue, maxReceiveCount: props.maxReceive },
  });
}
