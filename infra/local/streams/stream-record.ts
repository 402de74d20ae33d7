import { createHash } from 'node:crypto';

/** A DynamoDB stream record as Lambda receives it (attribute values in DynamoDB's JSON). */
export interface StreamRecord {
  readonly eventID: string;
  readonly eventName: 'INSERT' | 'MODIFY' | 'REMOVE';
  readonly eventVersion: string;
  readonly eventSource: 'aws:dynamodb';
  readonly awsRegion: string;
  readonly eventSourceARN: string;
  readonly userIdentity?: { readonly type: string; readonly principalId: string };
  readonly dynamodb: {
    readonly ApproximateCreationDateTime: number;
    readonly Keys: Image;
    readonly NewImage?: Image;
    readonly OldImage?: Image;
    readonly SequenceNumber: string;
    readonly SizeBytes: number;
    readonly StreamViewType: string;
  };
}

export type Image = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/**
 * The record in our own names: dynoxide calls its region "dynoxide" and counts event ids per table, and its times are of
 * the machine's clock, where the stack has its own.
 */
export function ourRecord(raw: StreamRecord, streamArn: string, region: string, now: number): StreamRecord {
  const { SequenceNumber } = raw.dynamodb;
  return {
    ...raw,
    eventID: createHash('md5').update(`${streamArn}#${SequenceNumber}`).digest('hex'),
    awsRegion: region,
    eventSourceARN: streamArn,
    dynamodb: { ...raw.dynamodb, ApproximateCreationDateTime: Math.floor(now / 1000) },
  };
}
