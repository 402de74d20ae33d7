import type { Arns } from '../arns.ts';
import type { Body } from '../endpoint/service.ts';
import type { QueueMessage } from '../queues/queue-store.ts';
import type { Queues } from '../queues/queues.ts';
import type { Clock } from '../time-source.ts';
import { invalidParameter } from './errors.ts';
import { type Extra, sequenceOf } from './mailbox.ts';
import { digest, md5, wanted } from './message-attributes.ts';
import { redrivePolicyOf } from './queue-attributes.ts';
import { attributeOf, type Queue, type QueueBook, secondsOf } from './queue-book.ts';
import { handleOf } from './receipt-handle.ts';

/** ReceiveMessage, with long polling, dead letters and retention. */
export function receiver(options: {
  readonly queues: Queues;
  readonly clock: Clock;
  readonly arns: Arns;
  readonly book: QueueBook;
}) {
  const { queues, clock, arns, book } = options;
  const { store } = queues;

  /** What is to be handed out now; what was handed out too often already goes to the dead letters' queue instead. */
  function take(queue: Queue, max: number, hidden: number): QueueMessage[] {
    const now = clock.now();
    store.expire(queue.name, now - secondsOf(queue, 'MessageRetentionPeriod'));
    const policy = redrivePolicyOf(queue.attributes);
    const target = policy && book.get(arns.nameOf(policy.deadLetterTargetArn));
    const taken: QueueMessage[] = [];
    for (;;) {
      const batch = store.receive(queue.name, max - taken.length, now, now + hidden, queue.fifo);
      const buried = batch.filter((message) => target && message.receives > policy.maxReceiveCount);
      for (const message of buried) bury(message, queue, (target as Queue).name, now);
      taken.push(...batch.filter((message) => !buried.includes(message)));
      if (buried.length === 0 || taken.length >= max) return taken;
    }
  }

  function bury(message: QueueMessage, from: Queue, to: string, now: number): void {
    const extra = { ...extraOf(message), source: arns.queue(from.name) } satisfies Extra;
    store.move(message.row, to, now, JSON.stringify(extra));
    queues.touched(to);
  }

  return async function receive(queue: Queue, body: Body): Promise<Body> {
    const max = within(body, 'MaxNumberOfMessages', 1, 10) ?? 1;
    const hidden = within(body, 'VisibilityTimeout', 0, 43_200) ?? Number(attributeOf(queue, 'VisibilityTimeout'));
    const seconds =
      within(body, 'WaitTimeSeconds', 0, 20) ?? Number(attributeOf(queue, 'ReceiveMessageWaitTimeSeconds'));
    // Waiting is done in the caller's time, not on the clock of the stack.
    const until = Date.now() + seconds * 1000;
    for (;;) {
      const messages = take(queue, max, hidden * 1000);
      const left = until - Date.now();
      if (messages.length > 0) return { Messages: messages.map((message) => shown(message, body, hidden * 1000)) };
      if (left <= 0 || !book.get(queue.name)) return {};
      // Looked at now and then besides: what becomes visible by the passing of time tells nobody.
      await queues.wait(queue.name, Math.min(left, 100));
    }
  };

  function shown(message: QueueMessage, body: Body, hidden: number): Body {
    const { attributes, system, group, deduplication, source } = extraOf(message);
    const names = (member: string) => (Array.isArray(body[member]) ? body[member].map(String) : []);
    const all: Record<string, string> = {
      ApproximateReceiveCount: String(message.receives),
      ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt),
      SentTimestamp: String(message.sentAt),
      SenderId: 'AIDALOCAL',
      ...(group !== undefined && { MessageGroupId: group }),
      ...(deduplication !== undefined && {
        MessageDeduplicationId: deduplication,
        SequenceNumber: sequenceOf(message.row),
      }),
      ...(system?.['AWSTraceHeader'] && { AWSTraceHeader: system['AWSTraceHeader'].StringValue ?? '' }),
      ...(source !== undefined && { DeadLetterQueueSourceArn: source }),
    };
    const asked = [...names('AttributeNames'), ...names('MessageSystemAttributeNames')];
    const told = Object.entries(all).filter(([name]) => asked.includes('All') || asked.includes(name));
    const chosen = wanted(attributes, names('MessageAttributeNames'));
    return {
      MessageId: message.id,
      ReceiptHandle: handleOf(message, clock.now() + hidden),
      MD5OfBody: md5(message.body),
      Body: message.body,
      ...(told.length > 0 && { Attributes: Object.fromEntries(told) }),
      ...(chosen && { MessageAttributes: chosen, MD5OfMessageAttributes: digest(chosen) }),
    };
  }
}

const extraOf = (message: QueueMessage): Extra => (message.extra ? (JSON.parse(message.extra) as Extra) : {});

function within(body: Body, name: string, min: number, max: number): number | undefined {
  if (body[name] === undefined || body[name] === null) return undefined;
  const value = Number(body[name]);
  if (Number.isInteger(value) && value >= min && value <= max) return value;
  const reason =
    name === 'MaxNumberOfMessages'
      ? 'Must be between 1 and 10, if provided.'
      : `Must be >= ${min} and <= ${max}, if provided.`;
  throw invalidParameter(`Value ${String(body[name])} for parameter ${name} is invalid. Reason: ${reason}`);
}
