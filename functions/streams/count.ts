import type { DynamoDBStreamEvent } from 'aws-lambda';
import { pipeline } from '../pipeline.ts';
import { enrolmentFrom } from '../ports/enrolments/index.ts';
import { apply } from '../ports/metrics/index.ts';
import { counted } from './counted.ts';
import { images } from './images.ts';

/** Live numbers of journeys, exact under any repetition (docs/data.md says why). */
export const handler = pipeline(async (batch: DynamoDBStreamEvent): Promise<void> => {
  const changes = batch.Records.flatMap((record) => {
    const { row, before } = images(record);
    if (!row?.sk.startsWith('n#')) return [];
    return [counted(enrolmentFrom(row), before && enrolmentFrom(before))];
  });
  await apply(changes);
});
