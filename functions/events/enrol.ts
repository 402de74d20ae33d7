import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { logger, pipeline } from '../pipeline.ts';
import { customerView } from './enrol/customer.ts';
import { endReached } from './enrol/end-reached.ts';
import { foresee, letIn } from './enrol/let-in.ts';
import { type HappenedRecord, readRecords } from './enrol/read-records.ts';
import { resumeWaiting } from './enrol/resume-waiting.ts';
import { type Watch, watchJourneys } from './enrol/watch.ts';

/**
 * Events and tag changes, in order per customer, as the stream tells them: ends, resumes, lets in. Everything may come
 * again and nothing happens twice. The batch is taken up again at the first record that failed.
 */
export const handler = pipeline(async (batch: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> => {
  const customers = readRecords(batch.Records);
  if (customers.size === 0) return { batchItemFailures: [] };
  const watch = await watchJourneys();
  const failed = (await Promise.all([...customers].map(([id, list]) => follow(id, list, watch)))).flat();
  const first = failed.sort((a, b) => (BigInt(a) < BigInt(b) ? -1 : 1))[0];
  return { batchItemFailures: first === undefined ? [] : [{ itemIdentifier: first }] };
});

/** Works through what happened to one customer; the sequence number at which it failed, if it did. */
async function follow(id: string, list: readonly HappenedRecord[], watch: Watch): Promise<string[]> {
  const customer = customerView(id);
  for (const happened of list) {
    if (!watch.cares(happened.happening)) continue;
    try {
      foresee(happened, customer, watch);
      await endReached(happened, customer, watch);
      await resumeWaiting(happened, customer, watch);
      await letIn(happened, customer, watch);
    } catch (error) {
      logger.error('enrol-failed', error as Error);
      return [lowest(list.slice(list.indexOf(happened)))];
    }
  }
  return [];
}

const lowest = (list: readonly HappenedRecord[]): string =>
  list.map(({ sequence }) => sequence).reduce((a, b) => (BigInt(a) < BigInt(b) ? a : b));
