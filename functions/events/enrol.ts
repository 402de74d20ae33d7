import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { logger, pipeline } from '../pipeline.ts';
import { customerView } from './enrol/customer.ts';
import { endReached } from './enrol/end-reached.ts';
import { joinPassages } from './enrol/join-passages.ts';
import { foresee, letIn } from './enrol/let-in.ts';
import { planDates } from './enrol/plan-dates.ts';
import { type HappenedRecord, type MergeRecord, readMerges, readRecords } from './enrol/read-records.ts';
import { resumeWaiting } from './enrol/resume-waiting.ts';
import { type Watch, watchJourneys } from './enrol/watch.ts';

/**
 * Events and tag changes, in order per customer, as the stream tells them: ends, resumes, lets in. Before that, ids that
 * were merged: their passages are one customer's. Everything may come
 * again and nothing happens twice. The batch is taken up again at the first record that failed.
 */
export const handler = pipeline(async (batch: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> => {
  const merges = readMerges(batch.Records);
  const customers = readRecords(batch.Records);
  if (merges.length + customers.size === 0) return { batchItemFailures: [] };
  const failed: string[] = [];
  const watch = await watchJourneys();
  for (const merge of merges) failed.push(...(await bringTogether(merge, watch)));
  if (customers.size > 0) {
    failed.push(...(await Promise.all([...customers].map(([id, list]) => follow(id, list, watch)))).flat());
  }
  const first = failed.sort((a, b) => (BigInt(a) < BigInt(b) ? -1 : 1))[0];
  return { batchItemFailures: first === undefined ? [] : [{ itemIdentifier: first }] };
});

async function bringTogether(merge: MergeRecord, watch: Watch): Promise<string[]> {
  try {
    await joinPassages(merge, watch);
    return [];
  } catch (error) {
    logger.error('join-passages-failed', error as Error);
    return [merge.sequence];
  }
}

/** Works through what happened to one customer; the sequence number at which it failed, if it did. */
async function follow(id: string, list: readonly HappenedRecord[], watch: Watch): Promise<string[]> {
  const customer = customerView(id);
  for (const happened of list) {
    try {
      await planDates(happened, customer, watch);
      if (!watch.cares(happened.happening)) continue;
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
