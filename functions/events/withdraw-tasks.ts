import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { z } from 'zod';
import { logger, pipeline } from '../pipeline.ts';
import { withdrawTask } from '../ports/tasks/index.ts';

/** The rule on the bus lets through only passages that ended while one of their tasks was open. */
const bodySchema = z.object({
  detail: z.object({
    customer: z.string(),
    task: z.string(),
    at: z.string(),
    outcome: z.string(),
    reason: z.string().optional(),
  }),
});

/** A goal, an exit or a stop came first: nobody needs to call her for this any more. */
export const handler = pipeline(async (batch: SQSEvent): Promise<SQSBatchResponse> => {
  const failures: SQSBatchResponse['batchItemFailures'] = [];
  for (const record of batch.Records) {
    const { customer, task, at, outcome, reason } = bodySchema.parse(JSON.parse(record.body)).detail;
    try {
      await withdrawTask(customer, task, { endedAt: at, note: reason ?? outcome });
    } catch (error) {
      logger.error('withdraw-task-failed', error as Error);
      failures.push({ itemIdentifier: record.messageId });
    }
  }
  return { batchItemFailures: failures };
});
