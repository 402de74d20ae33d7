/** Which tags and events a part of a journey speaks of: for cross references ("used by") and for checks. */
import type { Trigger } from './trigger.ts';

export interface Mentions {
  readonly tags?: readonly string[];
  /** Event names; never "*". */
  readonly events?: readonly string[];
}

export const tagsOfTrigger = (on: Trigger): readonly string[] => (on.type === 'event' ? [] : [on.key]);

export const eventsOfTrigger = (on: Trigger): readonly string[] =>
  on.type === 'event' ? [on.event].flat().filter((name) => name !== '*') : [];

/**
 * The tags that a condition asks for. Conditions are objects with one key, the operator, and `{ "tag": key }` is the only
 * one that names a tag; looked for at any depth, so that new operators that hold conditions need nothing here.
 */
export function tagsOfCondition(condition: unknown): readonly string[] {
  if (Array.isArray(condition)) return condition.flatMap((part) => tagsOfCondition(part));
  if (typeof condition !== 'object' || condition === null) return [];
  const entries = Object.entries(condition);
  const [first] = entries;
  if (entries.length === 1 && first![0] === 'tag' && typeof first![1] === 'string') return [first![1]];
  return entries.flatMap(([, part]) => tagsOfCondition(part));
}
