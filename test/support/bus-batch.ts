import type { SQSEvent } from 'aws-lambda';

/** A queue batch as a bus rule fills it; `time` is the envelope's. */
export function busBatch(details: readonly unknown[], time = '2026-03-01T00:00:00Z'): SQSEvent {
  return {
    Records: details.map((detail, index) => ({
      messageId: `message-${index}`,
      receiptHandle: '',
      body: JSON.stringify({
        version: '0',
        id: `envelope-${index}-${JSON.stringify(detail)?.length ?? 0}`,
        'detail-type': (detail as { type?: string } | null)?.type ?? 'track',
        source: 'shop',
        account: '000000000000',
        time,
        region: 'us-east-1',
        resources: [],
        detail,
      }),
      attributes: {} as never,
      messageAttributes: {},
      md5OfBody: '',
      eventSource: 'aws:sqs',
      eventSourceARN: '',
      awsRegion: 'us-east-1',
    })),
  };
}

/** A tracked event in Segment's form. */
export const tracked = (userId: string, event: string, timestamp: string | undefined, more: object = {}) => ({
  type: 'track',
  messageId: `${userId}-${event}-${timestamp}`,
  userId,
  event,
  ...(timestamp === undefined ? {} : { timestamp }),
  ...more,
});
