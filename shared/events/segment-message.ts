import { z } from 'zod';
import { MESSAGE_TYPES } from './event.ts';

/** A message larger than this (as JSON, UTF-8) is refused: PutEvents and Step Functions carry 256 KB. */
export const MAX_MESSAGE_BYTES = 200 * 1024;

const id = z.string().min(1).max(256);
const instant = z.iso.datetime({ offset: true });
const bag = z.record(z.string(), z.unknown());

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
    timestamp: instant.nullish(),
    originalTimestamp: instant.nullish(),
    event: z.string().min(1).max(256).nullish(),
    properties: bag.nullish(),
    traits: bag.nullish(),
    context: bag.nullish(),
  })
  .check((ctx) => {
    const message = ctx.value;
    if (!message.userId && !message.anonymousId) {
      ctx.issues.push({
        code: 'custom',
        path: ['userId'],
        input: message.userId,
        message: 'userId or anonymousId',
        params: { need: 'customer' },
      });
    }
    if (message.type === 'track' && !message.event) {
      ctx.issues.push({
        code: 'custom',
        path: ['event'],
        input: message.event,
        message: 'a track message needs event',
        params: { need: 'event' },
      });
    }
  });

export type SegmentMessage = z.infer<typeof segmentMessage>;
