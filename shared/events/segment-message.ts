import { z } from 'zod';
import { utf8Length } from '../utf8-length.ts';
import { isVisible } from '../visible.ts';
import { MESSAGE_TYPES } from './event.ts';

/** A message larger than this (as JSON, UTF-8) is refused: PutEvents and Step Functions carry 256 KB. */
export const MAX_MESSAGE_BYTES = 200 * 1024;

/** With a value of 200 characters (600 bytes) beside it an id still fits into a key of 1,024 bytes. */
const MAX_ID_BYTES = 400;

const plain = z
  .string()
  .min(1)
  .max(256)
  .refine((text) => text === '' || isVisible(text), { params: { need: 'plain' } });

/** Whose an event is, and by what it is known. */
const id = plain.refine((text) => utf8Length(text) <= MAX_ID_BYTES, { params: { need: 'shorter' } });
const instant = z.iso.datetime({ offset: true });
const bag = z.record(z.string(), z.unknown());

/** What a message lacks that no single field's type can say. */
export type Need = 'customer' | 'event' | 'aliasUser' | 'aliasPrevious' | 'aliasOther' | 'plain' | 'shorter';

/**
 * A message of the Segment spec, as Segment, RudderStack and the Segment SDKs put it on a bus. Fields that we do not
 * read pass through untouched.
 */
export const segmentMessage = z
  .looseObject({
    type: z.enum(MESSAGE_TYPES),
    messageId: id,
    userId: id.nullish(),
    anonymousId: id.nullish(),
    previousId: id.nullish(),
    timestamp: instant.nullish(),
    originalTimestamp: instant.nullish(),
    event: plain.nullish(),
    properties: bag.nullish(),
    traits: bag.nullish(),
    context: bag.nullish(),
  })
  .check((ctx) => {
    const message = ctx.value;
    const wrong = (path: string, need: Need) =>
      ctx.issues.push({ code: 'custom', path: [path], input: message[path], message: need, params: { need } });
    if (message.type === 'alias') {
      const previous = message.previousId || message.anonymousId;
      if (!message.userId) wrong('userId', 'aliasUser');
      if (!previous) wrong('previousId', 'aliasPrevious');
      else if (previous === message.userId) wrong('previousId', 'aliasOther');
    } else if (!message.userId && !message.anonymousId) wrong('userId', 'customer');
    if (message.type === 'track' && !message.event) wrong('event', 'event');
  });

export type SegmentMessage = z.infer<typeof segmentMessage>;
