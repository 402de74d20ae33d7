import { failureOf } from '../queues/function-consumer.ts';
import type { Queues } from '../queues/queues.ts';
import type { Host } from './host.ts';

/**
 * Asynchronous invocations, as Lambda makes them for events of rules, for schedules and for calls with
 * `InvocationType: Event`: taken once they are on disk, then tried up to three times, a minute and two minutes apart.
 * What fails for good lies among the dead letters (on AWS it is gone unless the function has a destination).
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
 */
export interface AsyncInvocations {
  /** Takes an invocation; false when there is no such function. `payload` is JSON text. */
  take(functionNameOrArn: string, payload: string): boolean;
}

const TRIES = 3;
const AT_ONCE = 10;
const MINUTE = 60_000;

const queueOf = (name: string) => `async-${name}`;

export function createAsyncInvocations(queues: Queues, lambda: Host): AsyncInvocations {
  for (const name of lambda.names())
    queues.consume(queueOf(name), {
      batchSize: 1,
      maxReceive: TRIES,
      concurrency: AT_ONCE,
      again: ({ receives }) => receives * MINUTE,
      async deliver(messages) {
        for (const { body, extra } of messages) {
          const result = await lambda.invoke(extra ?? name, parsed(body));
          if (!result.ok) throw new Error(failureOf(result));
        }
        return new Map();
      },
    });
  return {
    take(functionNameOrArn, payload) {
      const name = lambda.nameOf(functionNameOrArn);
      if (name === undefined) return false;
      // By which alias it was called is kept beside it.
      queues.send(queueOf(name), payload, functionNameOrArn === name ? {} : { extra: functionNameOrArn });
      return true;
    },
  };
}

function parsed(payload: string): unknown {
  try {
    return JSON.parse(payload);
  } catch {
    return payload;
  }
}
