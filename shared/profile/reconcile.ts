import type { Words } from '../words.ts';
import type { Cause, TagChange } from './profile.ts';

/** How the record of a customer's tags is to be corrected after late events. */
export interface Rewritten {
  /** Changes told earlier that never were. */
  readonly removed: readonly TagChange[];
  /** Changes as they really were. */
  readonly added: readonly TagChange[];
}

export interface Reconciled {
  /** What to tell the world now. */
  readonly changes: readonly TagChange[];
  readonly rewritten: Rewritten;
}

/**
 * A late event has changed the past. `told` is what was said of the open part of it, `true_` what is so. The record is
 * corrected fully; but journeys must not be told again what they know. So of each tag only what goes beyond the number
 * of changes already told is told now, and when more was told than was so, one change that puts it right.
 */
export function reconcile(told: readonly TagChange[], true_: readonly TagChange[], late: Cause): Reconciled {
  const toldBy = Map.groupBy(told, (change) => change.key);
  const trueBy = Map.groupBy(true_, (change) => change.key);
  const now = new Set<TagChange>();
  const corrections: TagChange[] = [];
  for (const key of new Set([...toldBy.keys(), ...trueBy.keys()])) {
    const before = toldBy.get(key) ?? [];
    const after = trueBy.get(key) ?? [];
    for (const change of after.slice(before.length)) now.add(change);
    const surplus = before.length - after.length;
    if (surplus <= 0 || surplus % 2 === 0) continue;
    const last = after.at(-1);
    if (last !== undefined) now.add(last);
    else corrections.push(takenBack(before.at(-1) as TagChange, late));
  }
  const same = new Set(told.map((change) => JSON.stringify(change)));
  const is = new Set(true_.map((change) => JSON.stringify(change)));
  return {
    changes: [...corrections, ...true_.filter((change) => now.has(change))],
    rewritten: {
      removed: told.filter((change) => !is.has(JSON.stringify(change))),
      added: true_.filter((change) => !same.has(JSON.stringify(change))),
    },
  };
}

const WHY: Words = { zh: '迟到的事件改写了当时的情况', en: 'an event that came late shows it was otherwise' };

/** Carries the moment of the change that it takes back: from there on it is not so. */
const takenBack = (change: TagChange, late: Cause): TagChange => ({
  ...change,
  op: change.op === 'added' ? 'removed' : 'added',
  why: WHY,
  cause: late,
});
