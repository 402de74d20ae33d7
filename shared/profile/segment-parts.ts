/** Segments are worked out as tags under keys of their own; outside of advance() they are segments. */
import { SEGMENT_PREFIX, segmentKey, segmentOf } from '../rules/index.ts';
import type { Change, TagChange, TagHeld } from './profile.ts';

type Held = Readonly<Record<string, TagHeld>>;

const NONE: Held = {};

/** Tags as advance() works with them, segments among them. */
export function withSegments(tags: Held, segments: Held): Held {
  let all: Record<string, TagHeld> | undefined;
  for (const id in segments) {
    all ??= { ...tags };
    all[segmentKey(id)] = segments[id] as TagHeld;
  }
  return all ?? tags;
}

/** The same, taken apart again. */
export function takeApart(all: Held): { readonly tags: Held; readonly segments: Held } {
  let tags: Record<string, TagHeld> | undefined;
  let segments: Record<string, TagHeld> | undefined;
  for (const key in all) {
    if (!key.startsWith(SEGMENT_PREFIX)) continue;
    tags ??= { ...all };
    segments ??= {};
    segments[key.slice(SEGMENT_PREFIX.length)] = all[key] as TagHeld;
    delete tags[key];
  }
  return { tags: tags ?? all, segments: segments ?? NONE };
}

/** Changes as the world is told of them. */
export function toldOf(changes: readonly TagChange[]): readonly Change[] {
  return changes.some(({ key }) => segmentOf(key) !== undefined) ? changes.map(told) : changes;
}

export const isOfTag = ({ key }: TagChange): boolean => segmentOf(key) === undefined;

function told(change: TagChange): Change {
  const segment = segmentOf(change.key);
  if (segment === undefined) return change;
  const { at, rule, evidence, why, cause } = change;
  const op = change.op === 'added' ? 'entered' : 'left';
  return { type: 'segment', op, segment, at, rule, evidence, why, cause };
}
