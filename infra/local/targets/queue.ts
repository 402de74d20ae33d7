import { AwsError } from '../time-source.ts';
import { fromTarget, noResource, type TargetKind } from './define-target.ts';

/** An SQS queue. A FIFO queue needs SqsParameters.MessageGroupId. */
export const queueTarget = (sendTo: (arn: string, body: Record<string, unknown>) => void): TargetKind => ({
  service: 'sqs',
  called: 'a queue',
  usedBy: ['rules', 'schedules'],
  parameters: ['SqsParameters'],
  refusal: (target, { missing }) =>
    String(target['Arn']).endsWith('.fifo') && groupOf(target) === undefined ? missing('SqsParameters') : undefined,
  hand: {
    when: 'now',
    deliver({ arn, input, target, id }) {
      const MessageGroupId = groupOf(target);
      const fifo = arn.endsWith('.fifo') ? { MessageGroupId, MessageDeduplicationId: id } : {};
      try {
        sendTo(arn, { MessageBody: input, ...fifo });
      } catch (error) {
        if (!(error instanceof AwsError)) throw error;
        throw error.code === 'QueueDoesNotExist' ? noResource(error.message) : fromTarget(error.message);
      }
    },
  },
});

const groupOf = (target: Readonly<Record<string, unknown>>) =>
  (target['SqsParameters'] as { MessageGroupId?: string } | undefined)?.MessageGroupId;
