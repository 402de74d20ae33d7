/**
 * What a unit (a tag alone, or an exclusive group) comes to at an instant, given what is remembered: which level wins,
 * and what it should remember. Asked about moments to come, too, so nothing is changed here.
 */
import type { Sight } from '../rules/index.ts';
import type { CompiledTag, Unit } from '../tags/index.ts';
import type { Draft } from './draft.ts';
import { heldAt, holdsTag } from './held.ts';
import { type Mark, NO_MARKS, valueIn } from './memory.ts';
import type { TagHeld } from './profile.ts';

const NOTHING: readonly unknown[] = [];

/**
 * A place to look from: a unit, for families one value of it. One view is moved from unit to unit, and is what rules look
 * at.
 */
export class UnitView implements Sight {
  unit!: Unit;
  value: string | undefined;
  /** What the last outcome() would remember anew, by level; undefined when nothing. */
  marks: Map<number, Mark | undefined> | undefined;
  at = 0;
  traits: Sight['traits'];
  mem: Sight['mem'];
  private readonly draft: Draft;

  constructor(draft: Draft) {
    this.draft = draft;
    this.traits = draft.traits;
    this.mem = draft.pages;
  }

  look(unit: Unit, value: string | undefined): void {
    const { draft } = this;
    this.unit = unit;
    this.value = value;
    this.marks = undefined;
    this.traits = draft.traits;
    this.mem = value === undefined ? draft.pages : [valueIn(draft.valuesOf(unit), value)?.mem ?? NOTHING];
  }

  hasTag(key: string): boolean {
    return holdsTag(this.draft, key, this.draft.rules);
  }

  sightAt(at: number): Sight {
    this.at = at;
    return this;
  }

  keyOf(level: CompiledTag): string {
    return this.value === undefined ? level.key : `${level.key}:${this.value}`;
  }

  held(level: CompiledTag): TagHeld | undefined {
    return this.value === undefined ? heldAt(this.draft.pages, level) : this.draft.others[this.keyOf(level)];
  }

  putHeld(level: CompiledTag, held: TagHeld | undefined): void {
    if (this.value === undefined) this.draft.putHeld(level, held);
    else this.draft.putOther(this.keyOf(level), held);
  }

  setDue(moment: number): void {
    if (this.value === undefined) this.draft.putDue(this.unit, moment);
    else this.draft.putFamilyDue(this.unit, this.value, moment);
  }

  mark(level: CompiledTag): Mark | undefined {
    const { marks } = this.draft;
    return marks === NO_MARKS ? undefined : marks[this.keyOf(level)];
  }

  /** Besides being held, a tag of this unit may have an end or a hand on it. */
  keepsMore(): boolean {
    if (this.draft.marks === NO_MARKS) return false;
    const { levels } = this.unit;
    for (let i = 0; i < levels.length; i++) if (this.mark(levels[i] as CompiledTag) !== undefined) return true;
    return false;
  }

  /**
   * @param confirmed a bit for each level whose rule an event of this instant counts for
   * @returns index of the winning level; -1 for none. See also `marks`.
   */
  outcome(at: number, confirmed: number): number {
    const { levels, simple } = this.unit;
    this.at = at;
    this.marks = undefined;
    if (simple !== undefined && !this.keepsMore()) return simple.holds(this) ? 0 : -1;
    let winner = -1;
    for (let i = levels.length - 1; i >= 0; i--) {
      const level = levels[i] as CompiledTag;
      const remembers = level.sticky || level.ttlMs !== undefined;
      // Below the winner only what must be remembered is looked at.
      if (winner >= 0 && !remembers) continue;
      const mark = this.mark(level);
      if (level.sticky && level.ttlMs === undefined && mark?.s) {
        if (winner < 0) winner = i;
        continue;
      }
      const holds = level.check?.holds(this) ?? false;
      const next = remembers ? remembered(level, mark, holds, at, (confirmed & (1 << i)) !== 0) : mark;
      if (next !== mark) {
        this.marks ??= new Map();
        this.marks.set(i, next);
      }
      if (winner < 0 && isCandidate(level, next, holds, at)) winner = i;
    }
    return winner;
  }

  /** The earliest moment after `at` at which time alone changes the outcome; Infinity when none. */
  due(at: number, winner: number): number {
    if (!this.unit.timed) return Infinity;
    let moment = at;
    for (let tries = 0; tries < MAX_TRIES; tries++) {
      moment = this.nextCandidate(moment);
      if (moment === Infinity) return Infinity;
      if (this.outcome(moment, 0) !== winner || this.marks !== undefined) return moment;
    }
    return moment;
  }

  private nextCandidate(at: number): number {
    this.at = at;
    let soonest = Infinity;
    const { levels } = this.unit;
    for (let i = 0; i < levels.length; i++) {
      const level = levels[i] as CompiledTag;
      const { sticky, ttlMs, check } = level;
      const mark = sticky || ttlMs !== undefined ? this.mark(level) : undefined;
      if (check !== undefined && !(sticky && mark?.s && ttlMs === undefined)) {
        const next = check.next(this);
        if (next < soonest) soonest = next;
      }
      if (ttlMs !== undefined && mark?.c !== undefined && mark.c + ttlMs > at) {
        soonest = Math.min(soonest, mark.c + ttlMs);
      }
    }
    return soonest;
  }
}

/** Each try is one event leaving a window without changing the answer; a wrong guess would only cost an idle sweep. */
const MAX_TRIES = 1000;

function isCandidate(level: CompiledTag, mark: Mark | undefined, holds: boolean, at: number): boolean {
  const wanted = holds || mark?.m !== undefined || (level.sticky && mark?.s === 1);
  return wanted && (level.ttlMs === undefined || (mark?.c !== undefined && at < mark.c + level.ttlMs));
}

/** The same object when there is nothing new to remember. */
function remembered(
  level: CompiledTag,
  mark: Mark | undefined,
  holds: boolean,
  at: number,
  confirmed: boolean,
): Mark | undefined {
  let next = mark;
  if (level.sticky && holds && !mark?.s) next = { ...next, s: 1 };
  if (level.ttlMs === undefined) return next;
  if (holds && (confirmed || !mark?.r) && mark?.c !== at) next = { ...next, c: at };
  if (holds !== (mark?.r === 1)) {
    const { r: _, ...rest } = next ?? {};
    next = holds ? { ...rest, r: 1 } : rest;
  }
  if (next?.m !== undefined && next.c !== undefined && at >= next.c + level.ttlMs) {
    const { m: _, ...rest } = next;
    next = rest;
  }
  return next;
}
