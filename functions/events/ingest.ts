import { setTimeout as pause } from 'node:timers/promises';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { failedItem, logger, pipeline } from '../pipeline.ts';
import { now } from '../ports/clock/index.ts';
import { advanceCustomer, expectStates, type Incoming, keepRejected } from '../ports/profiles/index.ts';
import { currentRules } from '../ports/ruleset/index.ts';
import { joinIds } from './join-ids.ts';
import { readBatch } from './read-batch.ts';

/** So long before the time is up (ms) the answer is given: what is done is then done, and need not come again. */
const RESERVE = 3000;

/**
 * Bus events, by way of a queue: what breaks the contract is kept with its reason; ids that are one person's are made
 * one; the rest goes into its customers' states, each event exactly once. Customers fail alone: only their messages come
 * again; so do those whose turn does not end before the time is up.
 */
export const handler = pipeline(async (batch: SQSEvent, context): Promise<SQSBatchResponse> => {
  const at = now();
  const timeLeft = () => Math.max(0, context.getRemainingTimeInMillis() - RESERVE);
  const rules = await currentRules();
  const { accepted, rejected, failed } = readBatch(batch.Records, at, rules.ruleset);
  const ids = [...new Set(accepted.map(({ event }) => event.customer))];
  const [states] = await Promise.all([expectStates(ids), keepRejected(rejected)]);
  const { joined, refused, failures } = await joinIds(accepted, states, rules, at, () => timeLeft() === 0);
  for (const message of failed) failures.add(message);
  const customers = Map.groupBy(joined, ({ event }) => states.get(event.customer)!.customer);
  const unfinished = new Set(joined);
  const all = Promise.all(
    [...customers].map(async ([customer, messages]) => {
      try {
        const loaded = states.get(messages[0]!.event.customer);
        await advanceCustomer(customer, { events: messages satisfies Incoming[] }, rules, at, loaded);
      } catch (error) {
        for (const { message } of messages) {
          if (!failures.has(message)) failedItem('ingest-failed', message, error);
          failures.add(message);
        }
      }
      for (const one of messages) unfinished.delete(one);
    }),
  );
  await within(timeLeft(), all);
  if (unfinished.size > 0) logger.warn('ingest-out-of-time', { messages: unfinished.size });
  for (const { message } of unfinished) failures.add(message);
  const count = rejected.length + refused;
  if (count > 0) logger.warn('events-rejected', { count });
  return { batchItemFailures: [...failures].map((itemIdentifier) => ({ itemIdentifier })) };
});

/** Waits for work, but only so long (ms). */
async function within(ms: number, work: Promise<unknown>): Promise<void> {
  const done = new AbortController();
  const alarm = pause(ms, undefined, { signal: done.signal }).catch(() => {});
  await Promise.race([work, alarm]);
  done.abort();
}
