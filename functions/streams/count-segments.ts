import type { DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { pipeline } from '../pipeline.ts';
import { countMoves, type Moved } from '../ports/segments/index.ts';
import type { Row } from '../ports/tables/index.ts';
import { images } from './images.ts';

/** How many are in which segments, exact under any repetition (docs/data.md says why). */
export const handler = pipeline((batch: DynamoDBStreamEvent): Promise<void> => countMoves(batch.Records.map(moved)));

function moved(record: DynamoDBRecord): Moved {
  const { row, before } = images(record);
  const { customer, rev } = (row ?? before) as Row & { customer: string; rev: number };
  // A deleted row is no write of her state: it comes right after the last one.
  return { customer, rev: row === undefined ? rev + 0.5 : rev, from: segmentsOf(before), to: segmentsOf(row) };
}

const segmentsOf = (row: Row | undefined): readonly string[] | undefined => row?.['segments'] as string[] | undefined;
