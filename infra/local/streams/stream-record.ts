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

/** A change of one row, as the stack reads it from a stream. What is costly is made only for whom it concerns. */
export interface StreamEntry {
  readonly sequence: string;
  readonly eventName: StreamRecord['eventName'];
  readonly keys: Image;
  /** The row as it is now, where it has this attribute; else undefined. */
  imageWith(attribute: string): Image | undefined;
  /** The record as functions get it, a JSON text. */
  json(): string;
}

/** Where a stream is, in our own names: dynoxide calls its region "dynoxide". */
export interface StreamPlace {
  readonly ourArn: string;
  readonly region: string;
}

/** Dynoxide counts event ids per table. */
export const eventId = ({ ourArn }: StreamPlace, sequence: string): string =>
  createHash('md5').update(`${ourArn}#${sequence}`).digest('hex');

/** An entry made from a record as the API answers it; `now` because its time is of the machine's clock (ms). */
export function entryOf(raw: StreamRecord, place: StreamPlace, now: number): StreamEntry {
  const { SequenceNumber, Keys, NewImage } = raw.dynamodb;
  return {
    sequence: SequenceNumber,
    eventName: raw.eventName,
    keys: Keys,
    imageWith: (attribute) => (NewImage?.[attribute] === undefined ? undefined : NewImage),
    json: () =>
      JSON.stringify({
        ...raw,
        eventID: eventId(place, SequenceNumber),
        awsRegion: place.region,
        eventSourceARN: place.ourArn,
        dynamodb: { ...raw.dynamodb, ApproximateCreationDateTime: Math.floor(now / 1000) },
      } satisfies StreamRecord),
  };
}
