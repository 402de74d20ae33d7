import type { QueueMessage } from '../queues/queue-store.ts';
import type { Queues } from '../queues/queues.ts';
import type { Clock } from '../time-source.ts';
import { AwsError } from '../time-source.ts';
import { type Caller, type Delivery, fromTarget, noResource, type TargetKind, Undelivered } from './define-target.ts';

/** How long and how often a delivery is tried, and where it goes when that was in vain. */
export interface Policy {
  readonly attempts: number;
  readonly ageSeconds: number;
  readonly deadLetterArn?: string;
}

/** Hands things to targets, at least once. Within the caller's transaction: when that is on disk, so is the delivery. */
export interface Deliveries {
  /** The kind of target that an ARN names. Throws AwsError where rules or schedules cannot call that here. */
  kindOf(arn: string, caller: Caller): TargetKind;
  send(delivery: Delivery, policy: Policy): void;
}

interface Waiting {
  readonly delivery: Delivery;
  readonly policy: Policy;
  /** How often it was tried before it had to wait. */
  readonly tried: number;
}

/** Where deliveries wait; what cannot be delivered, and has no dead-letter queue of its own, lies under this name. */
const QUEUE = 'deliveries';
const AT_ONCE = 16;

export function createDeliveries(options: {
  readonly kinds: readonly TargetKind[];
  readonly queues: Queues;
  readonly clock: Clock;
  /** Sends to a queue given by ARN. Throws when there is none. */
  readonly sendTo: (arn: string, body: Record<string, unknown>) => void;
}): Deliveries {
  const { kinds, queues, clock, sendTo } = options;
  const byService = new Map(kinds.map((kind) => [kind.service, kind]));
  const kindOf = (arn: string) => byService.get(arn.split(':')[2] ?? '');
  const wait = (waiting: Waiting) => void queues.send(QUEUE, JSON.stringify(waiting));

  async function attempt({ delivery }: Waiting): Promise<void> {
    const kind = kindOf(delivery.arn);
    if (!kind) throw noResource(`${delivery.arn} is not emulated here.`);
    await kind.hand.deliver(delivery);
  }

  /** Tried in vain so often (this time included) since `sentAt`: what now? */
  function exhausted(policy: Policy, tries: number, sentAt: number): string | undefined {
    if (tries > policy.attempts) return 'MaximumRetryAttempts';
    return clock.now() >= sentAt + policy.ageSeconds * 1000 ? 'MaximumEventAgeInSeconds' : undefined;
  }

  function giveUp(waiting: Waiting, error: Undelivered, tries: number, why: string | undefined): void {
    const { delivery, policy } = waiting;
    const attributes = {
      ...delivery.origin,
      TARGET_ARN: delivery.arn,
      ERROR_CODE: error.code,
      ERROR_MESSAGE: error.message,
      RETRY_ATTEMPTS: String(tries - 1),
      ...(why && { EXHAUSTED_RETRY_CONDITION: why }),
    };
    try {
      if (policy.deadLetterArn === undefined) throw error;
      sendTo(policy.deadLetterArn, { MessageBody: delivery.letter, MessageAttributes: typed(attributes) });
    } catch {
      const told = `${error.code}: ${error.message} (${delivery.arn})`;
      queues.store.buryBody(QUEUE, JSON.stringify(waiting), told, clock.now(), tries);
    }
  }

  queues.consume(QUEUE, {
    batchSize: 1,
    // Each delivery has its own limits: they are looked at below.
    maxReceive: Number.POSITIVE_INFINITY,
    concurrency: AT_ONCE,
    again: untilNext,
    async deliver(messages) {
      const failed = new Map<string, string>();
      for (const message of messages) {
        const waiting = JSON.parse(message.body) as Waiting;
        try {
          await attempt(waiting);
        } catch (thrown) {
          const error = thrown instanceof Undelivered ? thrown : fromTarget(String(thrown));
          const tries = waiting.tried + message.receives;
          const why = exhausted(waiting.policy, tries, message.sentAt);
          if (error.final || why) giveUp(waiting, error, tries, error.final ? undefined : why);
          else failed.set(message.id, error.message);
        }
      }
      return failed;
    },
  });

  /** 1, 2, 4, 8 … seconds, at most 15 minutes; the last try is at the moment the event becomes too old. */
  function untilNext({ body, receives, sentAt }: QueueMessage): number {
    const { policy } = JSON.parse(body) as Waiting;
    const end = sentAt + policy.ageSeconds * 1000 - clock.now();
    return Math.max(0, Math.min(2 ** Math.min(receives - 1, 10) * 1000, 900_000, end));
  }

  return {
    kindOf(arn, caller) {
      const kind = kindOf(arn);
      if (kind?.usedBy.includes(caller)) return kind;
      const known = kinds.filter(({ usedBy }) => usedBy.includes(caller)).map(({ called }) => called);
      throw new AwsError(
        'ValidationException',
        `Targets of ${arn.split(':')[2]} are not emulated here for ${caller}. These are: ${known.join(', ')}.`,
      );
    },
    send(delivery, policy) {
      const { hand } = kindOf(delivery.arn) ?? {};
      if (hand?.when !== 'now') return wait({ delivery, policy, tried: 0 });
      try {
        hand.deliver(delivery);
      } catch (thrown) {
        if (!(thrown instanceof Undelivered)) throw thrown;
        const waiting = { delivery, policy, tried: 1 };
        const why = thrown.final ? undefined : exhausted(policy, 1, clock.now());
        if (thrown.final || why) giveUp(waiting, thrown, 1, why);
        else wait(waiting);
      }
    },
  };
}

const typed = (attributes: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    Object.entries(attributes).map(([name, StringValue]) => [name, { DataType: 'String', StringValue }]),
  );
