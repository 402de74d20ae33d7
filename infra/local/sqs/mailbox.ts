import { createHash } from 'node:crypto';
import type { Body } from '../endpoint/service.ts';
import type { Queues } from '../queues/queues.ts';
import type { Store } from '../store.ts';
import type { Clock } from '../time-source.ts';
import { openDeduplication } from './deduplication.ts';
import { invalidContents, invalidParameter, missingParameter } from './errors.ts';
import { digest, type MessageAttributes, md5, readAttributes, sizeOf } from './message-attributes.ts';
import { attributeOf, type Queue, secondsOf } from './queue-book.ts';

/** What is kept of a message besides its body. */
export interface Extra {
  readonly attributes?: MessageAttributes;
  readonly system?: MessageAttributes;
  readonly group?: string;
  readonly deduplication?: string;
  /** The queue from which it came as a dead letter. */
  readonly source?: string;
}

/** How a message is laid into a queue, by SendMessage as by a rule's target. */
export interface Mailbox {
  /** The answer of SendMessage. Throws AwsError; writes nothing then. */
  send(queue: Queue, body: Body): Body;
}

/** What a message may consist of: a character that is none of these is not taken. */
const SPEAKABLE = /^[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u;

export function createMailbox(options: {
  readonly store: Store;
  readonly queues: Queues;
  readonly clock: Clock;
}): Mailbox {
  const { store, queues, clock } = options;
  const lately = openDeduplication(store);

  function send(queue: Queue, body: Body): Body {
    const text = readBody(body);
    const attributes = readAttributes(body['MessageAttributes']);
    const system = readAttributes(body['MessageSystemAttributes']);
    const limit = Number(attributeOf(queue, 'MaximumMessageSize'));
    if (Buffer.byteLength(text) + sizeOf(attributes) > limit)
      throw invalidParameter(
        `One or more parameters are invalid. Reason: Message must be shorter than ${limit} bytes.`,
      );
    const delay = delayOf(queue, body['DelaySeconds']);
    const group = body['MessageGroupId'] === undefined ? undefined : String(body['MessageGroupId']);
    const deduplication = queue.fifo ? deduplicationOf(queue, body, text) : undefined;
    if (queue.fifo && group === undefined) throw missingParameter('MessageGroupId');
    const extra: Extra = {
      ...(attributes && { attributes }),
      ...(system && { system }),
      ...(group !== undefined && { group }),
      ...(deduplication !== undefined && { deduplication }),
    };
    const sent = store.transaction(() => put(queue, text, delay, extra));
    return {
      MessageId: sent.id,
      MD5OfMessageBody: md5(text),
      ...(attributes && { MD5OfMessageAttributes: digest(attributes) }),
      ...(system && { MD5OfMessageSystemAttributes: digest(system) }),
      ...(queue.fifo && { SequenceNumber: sequenceOf(sent.row) }),
    };
  }

  function put(queue: Queue, text: string, delay: number, extra: Extra): { id: string; row: number } {
    const now = clock.now();
    const scope = attributeOf(queue, 'DeduplicationScope') === 'messageGroup' ? `${extra.group}\u0000` : '';
    const key = extra.deduplication === undefined ? undefined : `${scope}${extra.deduplication}`;
    const before = key === undefined ? undefined : lately.seen(queue.name, key, now);
    if (before) return before;
    const sent = queues.send(queue.name, text, {
      visibleAt: now + delay,
      ...(queue.fifo && extra.group !== undefined ? { group: extra.group } : {}),
      ...(Object.keys(extra).length > 0 ? { extra: JSON.stringify(extra) } : {}),
    });
    if (key !== undefined) lately.note(queue.name, key, now, sent);
    return sent;
  }

  return { send };
}

/** Twenty digits that grow from message to message. */
export const sequenceOf = (row: number) => String(row).padStart(20, '0');

function readBody(body: Body): string {
  const text = body['MessageBody'];
  if (typeof text !== 'string' || text === '') throw missingParameter('MessageBody');
  if (!SPEAKABLE.test(text)) throw invalidContents();
  return text;
}

function delayOf(queue: Queue, given: unknown): number {
  if (given === undefined || given === null) return secondsOf(queue, 'DelaySeconds');
  const seconds = Number(given);
  if (!Number.isInteger(seconds) || seconds < 0 || seconds > 900)
    throw invalidParameter(
      `Value ${String(given)} for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= 900.`,
    );
  if (queue.fifo && seconds > 0)
    throw invalidParameter(
      `Value ${seconds} for parameter DelaySeconds is invalid. Reason: The request include parameter that is not valid for this queue type.`,
    );
  return seconds * 1000;
}

function deduplicationOf(queue: Queue, body: Body, text: string): string {
  const given = body['MessageDeduplicationId'];
  if (given !== undefined) return String(given);
  if (attributeOf(queue, 'ContentBasedDeduplication') !== 'true')
    throw invalidParameter(
      'The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
    );
  return createHash('sha256').update(text).digest('hex');
}
