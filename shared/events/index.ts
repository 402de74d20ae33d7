export { REFUSED } from './adapters/refused.ts';
export type { ComparisonName, CustomerEvent, EventFilter, MessageType, PropertyFilter } from './event.ts';
export { COMPARISONS, MESSAGE_TYPES } from './event.ts';
export type { ParsedEvent } from './parse-event.ts';
export { parseEvent } from './parse-event.ts';
export type { ReadEnvelope, ReadEvent } from './read-envelope.ts';
export { readEnvelope } from './read-envelope.ts';
export type { SegmentMessage } from './segment-message.ts';
export { MAX_MESSAGE_BYTES, segmentMessage } from './segment-message.ts';
