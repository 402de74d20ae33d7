/**
 * The tags that a customer has, as advance() works with them: those of plain rules by their place, so that an event
 * copies the page of what it changes and not all; those of families, and those that no rule knows, by key. As a record of
 * all of them only for who asks.
 */
import { valueAt, withValue } from '../rules/index.ts';
import type { CompiledRuleset, Unit } from '../tags/index.ts';
import type { Snapshot } from './memory.ts';
import type { TagHeld } from './profile.ts';

/** By tag key; segments are among them under keys of their own (see segment-parts.ts). */
export type Tags = Readonly<Record<string, TagHeld>>;

type Held = Pick<Snapshot, 'held' | 'others'>;

const NO_OTHERS: Tags = {};

export function heldOf(tags: Tags, rules: CompiledRuleset): Held {
  const nobody: Held['held'] = rules.blank.held;
  let held = nobody;
  let others: Record<string, TagHeld> | undefined;
  for (const key of Object.keys(tags)) {
    const unit = rules.unitOf(key)?.unit;
    const level = unit?.family === undefined ? unit?.levels.find((each) => each.key === key) : undefined;
    if (level !== undefined) held = withValue(held, nobody, level, tags[key]);
    else {
      others ??= {};
      others[key] = tags[key] as TagHeld;
    }
  }
  return { held, others: others ?? NO_OTHERS };
}

export function tagsOf({ held, others }: Held, rules: CompiledRuleset): Tags {
  const tags: Record<string, TagHeld> = {};
  for (const { family, levels } of rules.units) {
    if (family !== undefined) continue;
    for (const level of levels) {
      const one = valueAt(held, level);
      if (one !== undefined) tags[level.key] = one;
    }
  }
  return Object.assign(tags, others);
}

/** A condition's answer to "has she this tag": itself, or of a family any. */
export function holdsTag({ held, others }: Held, key: string, rules: CompiledRuleset): boolean {
  const levels = rules.levelsUnder(key);
  for (let i = 0; i < levels.length; i++) if (valueAt(held, levels[i]!) !== undefined) return true;
  for (const other in others) if (other === key || other.startsWith(`${key}:`)) return true;
  return false;
}

/** Which level of a plain unit holds; -1 for none. */
export function winnerOf({ held }: Pick<Held, 'held'>, { levels }: Unit): number {
  for (let i = 0; i < levels.length; i++) if (valueAt(held, levels[i]!) !== undefined) return i;
  return -1;
}
