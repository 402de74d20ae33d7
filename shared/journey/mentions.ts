/** Which tags, segments and events a part of a journey speaks of: for cross references ("used by") and for checks. */
import { eventsOfTrigger, segmentsOfTrigger, type Trigger, tagsOfTrigger } from './triggers/index.ts';

export interface Mentions {
  readonly tags?: readonly string[];
  /** Segment ids. */
  readonly segments?: readonly string[];
  /** Those among them that it puts on customers. */
  readonly gives?: readonly string[];
  /** Event names; never "*". */
  readonly events?: readonly string[];
}

export const mentionsOfTriggers = (triggers: readonly Trigger[]): Mentions => ({
  tags: triggers.flatMap(tagsOfTrigger),
  segments: triggers.flatMap(segmentsOfTrigger),
  events: triggers.flatMap(eventsOfTrigger).filter((name) => name !== '*'),
});
