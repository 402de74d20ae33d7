import type { DynamoDBStreamEvent } from 'aws-lambda';
import { pipeline } from '../pipeline.ts';
import { putEvents } from '../ports/bus/index.ts';
import { announce } from './announce/index.ts';
import { images } from './images.ts';

/**
 * Tells everybody else on the bus what changed. The stream is the outbox: the write and its record are one act. A batch
 * may be told twice; each detail carries an id that is the same both times.
 */
export const handler = pipeline(async (batch: DynamoDBStreamEvent): Promise<void> => {
  await putEvents(batch.Records.flatMap((record) => announce(images(record))));
});
