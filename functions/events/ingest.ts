import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { logger, pipeline } from '../pipeline.ts';
import { now } from '../ports/clock/index.ts';
import { advanceCustomer, expectStates, type Incoming, keepRejected } from '../ports/profiles/index.ts';
import { currentRules } from '../ports/ruleset/index.ts';
import { readBatch } from './read-batch.ts';

/**
 * Bus events, by way of a queue: what breaks the contract is kept with its reason, the rest goes into its customers'
 * states, each event exactly once. Customers fail alone: only their messages come again.
 */
export const handler = pipeline(async (batch: SQSEvent): Promise<SQSBatchResponse> => {
  const at = now();
  const rules = await currentRules();
  const { accepted, rejected } = readBatch(batch.Records, at, rules.ruleset);
  const customers = Map.groupBy(accepted, ({ event }) => event.customer);
  const [states] = await Promise.all([expectStates([...customers.keys()]), keepRejected(rejected)]);
  const failures = new Set<string>();
  await Promise.all(
    [...customers].map(async ([customer, messages]) => {
      try {
        await advanceCustomer(customer, { events: messages satisfies Incoming[] }, rules, at, states.get(customer));
      } catch (error) {
        logger.error('ingest-failed', error as Error);
        for (const { message } of messages) failures.add(message);
      }
    }),
  );
  if (rejected.length > 0) logger.warn('events-rejected', { count: rejected.length });
  return { batchItemFailures: [...failures].map((itemIdentifier) => ({ itemIdentifier })) };
});
