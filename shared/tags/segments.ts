import { segmentKey } from '../rules/index.ts';
import type { Ruleset, SegmentFamily, TagDefinition } from './ruleset.ts';

/** More would make too many different sets of segments to be counted exactly; docs/decisions/0022. */
export const MAX_SEGMENTS = 24;

/** All that advance() works out of a ruleset: its tags, and its segments as tags that nobody sees. */
export const definitionsOf = ({ tags, segments = [] }: Ruleset): readonly TagDefinition[] =>
  segments.length === 0
    ? tags
    : [...tags, ...segments.map(({ id, name, when }) => ({ key: segmentKey(id), name, category: 'segment', when }))];

/** The one segment of the family that a customer belongs to: of those she is in, the first in its order (S53). */
export const belongsTo = (
  { order }: Pick<SegmentFamily, 'order'>,
  isIn: (segment: string) => boolean,
): string | undefined => order.find(isIn);
