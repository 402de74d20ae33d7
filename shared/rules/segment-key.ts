/**
 * A segment's membership is worked out like a tag's, under a key that no tag can have: tag keys do not begin like this
 * (shared/tags/check-ruleset.ts).
 */
export const SEGMENT_PREFIX = 'segment/';

export const segmentKey = (id: string): string => SEGMENT_PREFIX + id;

/** The id of the segment that a key stands for; undefined for a tag's. */
export const segmentOf = (key: string): string | undefined =>
  key.startsWith(SEGMENT_PREFIX) ? key.slice(SEGMENT_PREFIX.length) : undefined;
