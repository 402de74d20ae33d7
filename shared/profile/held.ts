/**
 * The tags that a customer has, as advance() works with them: those of plain rules by their place, so that an event
 * copies the page of what it changes and not all; those of families, and those that no rule knows, by key. As a record of
 * all of them only for who asks.
 */
import { type Pages, valueAt, withValue } from '../rules/index.ts';
import type { CompiledRuleset, CompiledTag, Unit } from '../tags/index.ts';
import type { Snapshot } from './memory.ts';
import type { TagHeld } from './profile.ts';

/** By tag key; segments are among them under keys of their own (see segment-parts.ts). */
export type Tags = Readonly<Record<string, TagHeld>>;

type Held = Pick<Snapshot, 'pages' | 'others'>;

const NO_OTHERS: Tags = {};

/** How she holds the tag of a plain unit. */
export const heldAt = (pages: Pages<unknown>, level: CompiledTag): TagHeld | undefined =>
  valueAt(pages, level) as TagHeld | undefined;

/** With these tags, and no others. */
export function withTags(pages: Pages<unknown>, tags: Tags, rules: CompiledRuleset): Held {
  let next = pages;
  for (const level of rules.levels) {
    const held = Object.hasOwn(tags, level.key) ? tags[level.key] : undefined;
    if (heldAt(next, level) !== held) next = withValue(next, pages, level, held);
  }
  let others: Record<string, TagHeld> | undefined;
  for (const key of Object.keys(tags)) {
    const unit = rules.unitOf(key)?.unit;
    if (unit !== undefined && unit.family === undefined) continue;
    others ??= {};
    others[key] = tags[key] as TagHeld;
  }
  return { pages: next, others: others ?? NO_OTHERS };
}

export function tagsOf({ pages, others }: Held, rules: CompiledRuleset): Tags {
  const tags: Record<string, TagHeld> = {};
  for (const level of rules.levels) {
    const one = heldAt(pages, level);
    if (one !== undefined) tags[level.key] = one;
  }
  return Object.assign(tags, others);
}

/** Whether both have the very same tags; if not, they may still be equal. */
export function sameTags(a: Held, b: Held, rules: CompiledRuleset): boolean {
  if (a.others !== b.others) return false;
  return a.pages === b.pages || rules.levels.every((level) => heldAt(a.pages, level) === heldAt(b.pages, level));
}

/** A condition's answer to "has she this tag": itself, or of a family any. */
export function holdsTag({ pages, others }: Held, key: string, rules: CompiledRuleset): boolean {
  const { levels, prefix } = rules.under(key);
  for (let i = 0; i < levels.length; i++) if (valueAt(pages, levels[i]!) !== undefined) return true;
  for (const other in others) if (other === key || other.startsWith(prefix)) return true;
  return false;
}

/** Which level of a plain unit holds; -1 for none. */
export function winnerOf(pages: Pages<unknown>, { levels }: Unit): number {
  for (let i = 0; i < levels.length; i++) if (valueAt(pages, levels[i]!) !== undefined) return i;
  return -1;
}
