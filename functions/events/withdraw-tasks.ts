import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { z } from 'zod';
import { failedItem, pipeline } from '../pipeline.ts';
import { withdrawTask } from '../ports/tasks/index.ts';
import { readable } from './readable.ts';

/** The rule on the bus lets through only passages that ended while one of their tasks was open. */
const endSchema = z.object({
  customer: z.string().min(1),
  task: z.string().min(1),
  at: z.string(),
  outcome: z.string(),
  reason: z.string().optional(),
});

/** A goal, an exit or a stop came first: nobody needs to call her for this any more. */
export const handler = pipeline(async (batch: SQSEvent): Promise<SQSBatchResponse> => {
  const failures: SQSBatchResponse['batchItemFailures'] = [];
  for (const { id, detail } of readable(batch.Records, endSchema)) {
    const { customer, task, at, outcome, reason } = detail;
    try {
      await withdrawTask(customer, task, { endedAt: at, note: reason ?? outcome });
    } catch (error) {
      failedItem('withdraw-task-failed', id, error);
      failures.push({ itemIdentifier: id });
    }
  }
  return { batchItemFailures: failures };
});
