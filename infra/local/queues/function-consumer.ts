import { createHash } from 'node:crypto';
import type { LambdaHost } from '../time-source.ts';
import type { QueueMessage } from './queue-store.ts';
import type { QueueConsumer } from './queues.ts';

/** Hands messages to a function as SQS does, and reads its partial batch failures. */
export function functionConsumer(options: {
  readonly lambda: LambdaHost;
  readonly functionArn: string;
  readonly queueArn: string;
  readonly region: string;
  readonly batchSize: number;
  readonly maxReceive: number;
}): QueueConsumer {
  const { lambda, functionArn, batchSize, maxReceive } = options;
  return {
    batchSize,
    maxReceive,
    async deliver(messages) {
      const result = await lambda.invoke(functionArn, {
        Records: messages.map((message) => sqsRecord(message, options.queueArn, options.region)),
      });
      if (!result.ok) throw new Error(failureOf(result));
      return batchFailures(
        result.payload,
        messages.map((message) => message.id),
      );
    },
  };
}

/** A message in the shape of https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html */
function sqsRecord(message: QueueMessage, queueArn: string, region: string) {
  return {
    messageId: message.id,
    receiptHandle: `${message.id}#${message.receives}`,
    body: message.body,
    attributes: {
      ApproximateReceiveCount: String(message.receives),
      SentTimestamp: String(message.sentAt),
      SenderId: 'pergola-local',
      ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt),
    },
    messageAttributes: {},
    md5OfBody: createHash('md5').update(message.body).digest('hex'),
    eventSource: 'aws:sqs',
    eventSourceARN: queueArn,
    awsRegion: region,
  };
}

/**
 * The ids that an answer `{ batchItemFailures: [{ itemIdentifier }] }` names. As on AWS an id that was not in the batch,
 * or an empty one, means that all have failed.
 */
export function batchFailures(answer: unknown, ids: readonly string[]): Map<string, string> {
  const failures = (answer as { batchItemFailures?: { itemIdentifier?: string }[] } | null)?.batchItemFailures;
  if (!Array.isArray(failures) || failures.length === 0) return new Map();
  const known = new Set(ids);
  const failed = failures.map((failure) => failure?.itemIdentifier ?? '');
  const all = failed.some((id) => !known.has(id));
  return new Map((all ? ids : failed).map((id) => [id, why.get(id) ?? 'the function reported this item as failed']));
}

/** Why handlers gave items up, as they say it by this symbol (functions/pipeline.ts); only the newest are asked for. */
const why = new Map<string, string>();
const MOST_KNOWN = 10_000;
(globalThis as Record<symbol, unknown>)[Symbol.for('pergola.item-failed')] = (id: string, error: unknown): void => {
  if (why.size >= MOST_KNOWN) why.clear();
  why.set(id, error instanceof Error ? `${error.name}: ${error.message}` : String(error));
};

export function failureOf(
  result: { ok: false; notFound: true } | { ok: false; errorType: string; errorMessage: string },
): string {
  return 'notFound' in result ? 'no such function' : `${result.errorType}: ${result.errorMessage}`;
}
