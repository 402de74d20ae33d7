import type { Stage } from '../stages.ts';
import type { TagHeld } from './profile.ts';

/**
 * What is kept about one customer. The named fields may be read by anybody; `memory` belongs to advance(). As a text
 * it is written by stateToText() and read by stateFromText().
 */
export interface CustomerState {
  readonly id: string;
  /** Times of the earliest and the latest event, ISO 8601, UTC. */
  readonly firstSeenAt?: string | undefined;
  readonly lastSeenAt?: string | undefined;
  readonly stage?: Stage | undefined;
  readonly traits: Readonly<Record<string, unknown>>;
  readonly tags: Readonly<Record<string, TagHeld>>;
  /** By id: the segments she is in. */
  readonly segments: Readonly<Record<string, TagHeld>>;
  /** The next moment at which time alone changes a tag, ISO 8601, UTC. */
  readonly dueAt?: string | undefined;
  readonly memory: unknown;
}

/** A customer of whom nothing is known yet. */
export const emptyState = (id: string): CustomerState => ({
  id,
  traits: {},
  tags: {},
  segments: {},
  memory: undefined,
});
