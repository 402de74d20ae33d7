import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { goOn, idIn } from '../backfill/go-on.ts';
import { workSlice } from '../backfill/work-slice.ts';
import { pipeline } from '../pipeline.ts';
import { machineMs } from '../ports/clock/index.ts';

/** Well inside the timeout: a batch of a slow customer must still end. */
const SLICE_MS = 15_000;

/** A slice of each backfill it is told of, and word to go on where there is more. */
export const handler = pipeline(async ({ Records }: SQSEvent): Promise<SQSBatchResponse> => {
  for (const id of new Set(Records.map(({ body }) => idIn(body)))) {
    if (await workSlice(id, machineMs() + SLICE_MS)) await goOn(id);
  }
  return { batchItemFailures: [] };
});
