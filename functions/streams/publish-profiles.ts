import type { DynamoDBStreamEvent } from 'aws-lambda';
import { pipeline } from '../pipeline.ts';
import { putEvents } from '../ports/bus/index.ts';
import { keepLists } from '../ports/lists/index.ts';
import { toldIn } from '../ports/profiles/index.ts';
import { announce } from './announce/index.ts';
import { images } from './images.ts';
import { withOutward } from './outward.ts';

/**
 * What changed about customers is told to the bus (as by publish.ts), and entered into the lists of who has which tag and
 * who is in which segment. A batch may be told twice; the lists are exact all the same.
 */
export const handler = pipeline(async (batch: DynamoDBStreamEvent): Promise<void> => {
  const written = batch.Records.map(images);
  const told = written.flatMap(({ row }) => (row === undefined ? [] : (toldIn(row) ?? [])));
  await Promise.all([withOutward(written.flatMap(announce)).then(putEvents), keepLists(told)]);
});
