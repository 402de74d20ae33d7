import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { logger, pipeline } from '../pipeline.ts';
import { now } from '../ports/clock/index.ts';
import { advanceCustomer, expectStates, type Incoming, keepRejected } from '../ports/profiles/index.ts';
import { currentRules } from '../ports/ruleset/index.ts';
import { joinIds } from './join-ids.ts';
import { readBatch } from './read-batch.ts';

/**
 * Bus events, by way of a queue: what breaks the contract is kept with its reason; ids that are one person's are made
 * one; the rest goes into its customers' states, each event exactly once. Customers fail alone: only their messages come
 * again.
 */
export const handler = pipeline(async (batch: SQSEvent): Promise<SQSBatchResponse> => {
  const at = now();
  const rules = await currentRules();
  const { accepted, rejected } = readBatch(batch.Records, at, rules.ruleset);
  const ids = [...new Set(accepted.map(({ event }) => event.customer))];
  const [states] = await Promise.all([expectStates(ids), keepRejected(rejected)]);
  const { joined, refused, failures } = await joinIds(accepted, states, rules, at);
  const customers = Map.groupBy(joined, ({ event }) => states.get(event.customer)!.customer);
  await Promise.all(
    [...customers].map(async ([customer, messages]) => {
      try {
        const loaded = states.get(messages[0]!.event.customer);
        await advanceCustomer(customer, { events: messages satisfies Incoming[] }, rules, at, loaded);
      } catch (error) {
        logger.error('ingest-failed', error as Error);
        for (const { message } of messages) failures.add(message);
      }
    }),
  );
  const count = rejected.length + refused;
  if (count > 0) logger.warn('events-rejected', { count });
  return { batchItemFailures: [...failures].map((itemIdentifier) => ({ itemIdentifier })) };
});
