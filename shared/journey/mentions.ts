/** Which tags and events a part of a journey speaks of: for cross references ("used by") and for checks. */
import { eventsOfTrigger, type Trigger, tagsOfTrigger } from './triggers/index.ts';

export interface Mentions {
  readonly tags?: readonly string[];
  /** Event names; never "*". */
  readonly events?: readonly string[];
}

export const mentionsOfTriggers = (triggers: readonly Trigger[]): Mentions => ({
  tags: triggers.flatMap(tagsOfTrigger),
  events: triggers.flatMap(eventsOfTrigger).filter((name) => name !== '*'),
});
