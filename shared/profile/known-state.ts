import type { Stage } from '../stages.ts';
import { tagsOf } from './held.ts';
import type { Memory } from './memory.ts';
import { takeApart } from './segment-parts.ts';
import type { CustomerState } from './state.ts';

type Parts = Pick<CustomerState, 'tags' | 'segments'>;

/**
 * A state as advance() makes it, for each event one: tags and segments lie in its memory by the places of their rules,
 * and are put together as records once somebody asks. What copies a state by its fields needs plain().
 */
export class KnownState implements CustomerState {
  readonly id: string;
  readonly firstSeenAt: string | undefined;
  readonly lastSeenAt: string | undefined;
  readonly stage: Stage | undefined;
  readonly traits: CustomerState['traits'];
  readonly dueAt: string | undefined;
  readonly memory: Memory;
  #parts: Parts | undefined;

  constructor(
    id: string,
    firstSeenAt: string | undefined,
    lastSeenAt: string | undefined,
    stage: Stage | undefined,
    dueAt: string | undefined,
    memory: Memory,
    parts: Parts | undefined,
  ) {
    this.id = id;
    this.firstSeenAt = firstSeenAt;
    this.lastSeenAt = lastSeenAt;
    this.stage = stage;
    this.traits = memory.head.traits;
    this.dueAt = dueAt;
    this.memory = memory;
    this.#parts = parts;
  }

  get tags(): Parts['tags'] {
    return this.parts().tags;
  }

  get segments(): Parts['segments'] {
    return this.parts().segments;
  }

  /** What a state with the same tags need not put together again; undefined where nobody has asked. */
  known(): Parts | undefined {
    return this.#parts;
  }

  private parts(): Parts {
    this.#parts ??= takeApart(tagsOf(this.memory.head, this.memory.rules));
    return this.#parts;
  }
}

/** The same with all its fields as its own, and without those that say nothing. */
export function plain(state: CustomerState): CustomerState {
  const { id, firstSeenAt, lastSeenAt, stage, traits, tags, segments, dueAt, memory } = state;
  return {
    id,
    ...(firstSeenAt === undefined ? {} : { firstSeenAt }),
    ...(lastSeenAt === undefined ? {} : { lastSeenAt }),
    ...(stage === undefined ? {} : { stage }),
    traits,
    tags,
    segments,
    ...(dueAt === undefined ? {} : { dueAt }),
    memory,
  };
}
