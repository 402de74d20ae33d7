/** What no event says and a merge must not lose: tags set by hand or by a journey, and sticky tags. */
import { withoutRoom } from '../rules/index.ts';
import type { CompiledRuleset, CompiledTag, Family, Unit } from '../tags/index.ts';
import { tagsOf, withTags } from './held.ts';
import { type FamilyValue, type Mark, NO_MARKS, type Snapshot } from './memory.ts';
import type { TagHeld } from './profile.ts';
import type { CustomerState } from './state.ts';
import { memoryOf } from './state-text.ts';

interface CarriedTag {
  readonly key: string;
  /** Absent for a tag that no ruleset knows. */
  readonly mark?: Mark;
  /** Absent where a higher level of its group hides it. */
  readonly held?: TagHeld;
}

export function carriedFrom(state: CustomerState, rules: CompiledRuleset, what: 'hand' | 'sticky'): CarriedTag[] {
  const { marks } = memoryOf(state, rules, false).memory.head;
  const keys = Object.keys({ ...marks, ...state.tags }).sort();
  return keys.flatMap((key): CarriedTag[] => {
    const held = state.tags[key];
    const mark = marks[key];
    if (rules.unitOf(key) === undefined) return what === 'hand' && held?.manual ? [{ key, held }] : [];
    if ((what === 'hand' ? mark?.m : mark?.s) === undefined) return [];
    return [{ key, mark: mark as Mark, ...(held === undefined ? {} : { held }) }];
  });
}

/** Those of which the snapshot does not remember that they were ever true. */
export const notIn = (carried: readonly CarriedTag[], { marks }: Snapshot): CarriedTag[] =>
  carried.filter(({ key }) => marks[key]?.s === undefined);

/** The snapshot with these laid on it. Of two hands on one exclusive group the later one stays. */
export function carry(snapshot: Snapshot, carried: readonly CarriedTag[], rules: CompiledRuleset): Snapshot {
  if (carried.length === 0) return snapshot;
  const tags: Record<string, TagHeld> = { ...tagsOf(snapshot, rules) };
  const marks: Record<string, Mark> = { ...snapshot.marks };
  let { families } = snapshot;
  const bySince = [...carried].sort((a, b) => ((a.held?.since ?? '') < (b.held?.since ?? '') ? -1 : 1));
  for (const { key, mark, held } of bySince) {
    const found = rules.unitOf(key);
    if (held !== undefined) {
      const before = tags[key];
      tags[key] = before === undefined ? held : both(before, held);
    }
    if (found === undefined || mark === undefined) continue;
    const { unit, value } = found;
    marks[key] = joined(marks[key], mark);
    if (value === undefined) {
      if (mark.m !== undefined) oneHand(unit, key, tags, marks);
      highestHeld(unit, tags);
    } else {
      const { place, bound } = unit.family as Family;
      const values = families[place] as readonly FamilyValue[];
      const fresh = { value, mem: unit.leaves.map(() => undefined), due: Infinity };
      if (!values.some((each) => each.value === value)) {
        const all = [...values, fresh];
        const gone = withoutRoom(
          all.map((each) => each.value),
          bound,
        );
        families = families.with(place, all.slice(gone));
      }
    }
  }
  const some = Object.keys(marks).length > 0;
  return { ...snapshot, ...withTags(snapshot.pages, tags, rules), marks: some ? marks : NO_MARKS, families };
}

/** A hand lies on one level of a group only: the one laid on later. */
function oneHand(unit: Unit, key: string, tags: Record<string, TagHeld>, marks: Record<string, Mark>): void {
  for (const level of unit.levels) {
    const other = marks[level.key];
    if (level.key === key || other?.m === undefined) continue;
    const { m: _, ...rest } = other;
    if (Object.keys(rest).length === 0) delete marks[level.key];
    else marks[level.key] = rest;
    if (tags[level.key]?.manual) delete tags[level.key];
  }
}

function highestHeld(unit: Unit, tags: Record<string, TagHeld>): void {
  const highest = unit.levels.findLastIndex(({ key }) => tags[key] !== undefined);
  for (let i = 0; i < highest; i++) delete tags[(unit.levels[i] as CompiledTag).key];
}

const joined = (a: Mark | undefined, b: Mark): Mark =>
  a === undefined ? b : { ...a, ...b, ...(a.c !== undefined && b.c !== undefined ? { c: Math.max(a.c, b.c) } : {}) };

const MOST_EVIDENCE = 5;

/** Held by both: since the first of the two. */
function both(a: TagHeld, b: TagHeld): TagHeld {
  const [first, second] = a.since <= b.since ? [a, b] : [b, a];
  const until = [a.until, b.until]
    .filter((at) => at !== undefined)
    .sort()
    .at(-1);
  return {
    ...second,
    ...first,
    evidence: [...new Set([...first.evidence, ...second.evidence])].slice(0, MOST_EVIDENCE),
    ...(until === undefined ? {} : { until }),
  };
}
