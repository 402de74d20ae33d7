import { randomUUID } from 'node:crypto';
import type { Arns } from '../arns.ts';
import { failureOf } from '../queues/function-consumer.ts';
import type { Queues } from '../queues/queues.ts';
import type { Clock, LambdaHost } from '../time-source.ts';
import type { Rule, Target } from './rule-store.ts';
import { targetInput } from './target-input.ts';

/** How matched events reach their targets: every one through a queue, so that it is on disk before anybody works on it. */
export interface Delivery {
  /** Begins to serve the target; call for each known target at the start and for each new one. */
  open(rule: Rule, target: Target): void;
  close(rule: Rule, target: Target): void;
  send(rule: Rule, target: Target, event: { envelope: unknown; text: string }): void;
  envelope(event: {
    source: string;
    detailType: string;
    detail: unknown;
    resources: readonly string[];
    now: number;
  }): Record<string, unknown>;
}

/** A function as a target is tried so often before the event goes to the dead letters (AWS tries for 24 hours). */
const MAX_TRIES = 10;

export function createDelivery(options: {
  readonly queues: Queues;
  readonly lambda: LambdaHost;
  readonly clock: Clock;
  readonly arns: Arns;
}): Delivery {
  const { queues, lambda, arns } = options;
  const queueOf = (rule: Rule, target: Target) => {
    const [, service, resource] = /^arn:aws:([^:]+):[^:]*:[^:]*:(.+)$/.exec(target.arn) ?? [];
    if (service === 'sqs' && resource) return resource;
    return `rule-${rule.bus}-${rule.name}-${target.id}`;
  };
  return {
    open(rule, target) {
      if (!/^arn:aws:lambda:/.test(target.arn)) return;
      queues.consume(queueOf(rule, target), {
        batchSize: 1,
        maxReceive: MAX_TRIES,
        async deliver(messages) {
          for (const message of messages) {
            const result = await lambda.invoke(target.arn, JSON.parse(message.body));
            if (!result.ok) throw new Error(failureOf(result));
          }
          return new Map();
        },
      });
    },
    close(rule, target) {
      if (/^arn:aws:lambda:/.test(target.arn)) queues.abandon(queueOf(rule, target));
    },
    send: (rule, target, event) =>
      void queues.send(queueOf(rule, target), targetInput(target.json, event.envelope, event.text)),
    envelope: ({ source, detailType, detail, resources, now }) => ({
      version: '0',
      id: randomUUID(),
      'detail-type': detailType,
      source,
      account: arns.aws.account,
      time: new Date(now).toISOString().replace(/\.\d+Z$/, 'Z'),
      region: arns.aws.region,
      resources,
      detail,
    }),
  };
}
