import type { DatabaseFile, StoredRecord } from '../dynamodb/file.ts';
import type { RecordSource } from './record-source.ts';
import { type Image, ourRecord, type StreamRecord } from './stream-record.ts';

export interface FileSourceOptions {
  readonly file: DatabaseFile;
  readonly table: string;
  /** What the records hold: `NEW_IMAGE`, `NEW_AND_OLD_IMAGES`. */
  readonly view: string;
  /** As functions see it. */
  readonly ourArn: string;
  readonly region: string;
  readonly now: () => number;
}

/** Reads from the file that dynoxide writes: the same records as by its API, twenty times faster. */
export function fileSource({ file, table, view, ourArn, region, now }: FileSourceOptions): RecordSource {
  return {
    after(sequence, max) {
      const at = now();
      return file
        .records(table, sequence === undefined ? -1 : Number(sequence), max)
        .map((stored) => ourRecord(asAnswered(stored, view), ourArn, region, at));
    },
    has: (sequence) => file.records(table, Number(sequence) - 1, 1)[0]?.sequence === sequence,
  };
}

/** As GetRecords would have answered it. */
function asAnswered(stored: StoredRecord, view: string): StreamRecord {
  const { event, keys, before, after, sequence, createdAt, identity } = stored;
  return {
    eventID: sequence,
    eventName: event as StreamRecord['eventName'],
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: '',
    eventSourceARN: '',
    ...(identity === null ? {} : { userIdentity: JSON.parse(identity) as NonNullable<StreamRecord['userIdentity']> }),
    dynamodb: {
      ApproximateCreationDateTime: createdAt,
      Keys: JSON.parse(keys) as Image,
      ...(after === null ? {} : { NewImage: JSON.parse(after) as Image }),
      ...(before === null ? {} : { OldImage: JSON.parse(before) as Image }),
      SequenceNumber: sequence,
      SizeBytes: keys.length + (after?.length ?? 0) + (before?.length ?? 0),
      StreamViewType: view,
    },
  };
}
