/**
 * What a unit (a tag alone, or an exclusive group) comes to at an instant, given what is remembered: which level wins,
 * and what it should remember. Pure, so that it can be asked about moments to come.
 */
import type { Sight } from '../rules/index.ts';
import type { CompiledTag, Unit } from '../tags/index.ts';
import type { Draft } from './draft.ts';
import { type Mark, NO_DUE } from './memory.ts';

export interface Outcome {
  /** Index of the winning level; -1 for none. */
  readonly winner: number;
  /** Marks that differ from those kept, by level. */
  readonly marks: ReadonlyMap<number, Mark>;
}

/** A place to look from: a unit, for families one value of it. */
export class UnitView {
  readonly unit: Unit;
  readonly value: string | undefined;
  private readonly draft: Draft;
  private readonly suffix: string;
  private readonly sight: { at: number } & Sight;

  constructor(draft: Draft, unit: Unit, value?: string) {
    this.draft = draft;
    this.unit = unit;
    this.value = value;
    this.suffix = value === undefined ? '' : `|${value}`;
    this.sight = {
      at: 0,
      traits: draft.traits.all(),
      hasTag: (key) => holdsTag(draft, key),
      memory: (leaf) =>
        (this.suffix === '' ? draft.mem.get(leaf.slot) : draft.fam.get(leaf.id + this.suffix)) ?? undefined,
    };
  }

  sightAt(at: number): Sight {
    this.sight.at = at;
    return this.sight;
  }

  keyOf(level: CompiledTag): string {
    return this.value === undefined ? level.key : `${level.key}:${this.value}`;
  }

  setDue(moment: number): void {
    const { due, famDue } = this.draft;
    if (this.value === undefined) {
      const kept = moment === Infinity ? NO_DUE : moment;
      if (due.get(this.unit.index) !== kept) due.put(this.unit.index, kept);
      return;
    }
    const key = `${this.unit.index}${this.suffix}`;
    if (famDue.get(key) !== moment) famDue.put(key, moment === Infinity ? undefined : moment);
  }

  mark(level: CompiledTag): Mark | undefined {
    return this.draft.marks.get(this.keyOf(level));
  }

  /** @param confirmed an event of this instant counted for the unit's rules */
  outcome(at: number, confirmed: boolean): Outcome {
    const { levels } = this.unit;
    let winner = -1;
    let marks: Map<number, Mark> | undefined;
    for (let i = levels.length - 1; i >= 0; i--) {
      const level = levels[i] as CompiledTag;
      const { sticky } = level.definition;
      // Below the winner only what must be remembered is looked at.
      if (winner >= 0 && !sticky && level.ttlMs === undefined) continue;
      const mark = this.mark(level);
      if (sticky && level.ttlMs === undefined && mark?.s) {
        if (winner < 0) winner = i;
        continue;
      }
      const holds = level.check?.holds(this.sightAt(at)) ?? false;
      const next = sticky || level.ttlMs !== undefined ? remembered(level, mark, holds, at, confirmed) : mark;
      if (next !== mark) {
        marks ??= new Map();
        marks.set(i, next as Mark);
      }
      if (winner < 0 && isCandidate(level, next, holds, at)) winner = i;
    }
    return { winner, marks: marks ?? NO_MARKS };
  }

  /** The earliest moment after `at` at which time alone changes the outcome; Infinity when none. */
  due(at: number, winner: number): number {
    let moment = at;
    for (let tries = 0; tries < MAX_TRIES; tries++) {
      moment = this.nextCandidate(moment);
      if (moment === Infinity) return Infinity;
      const then = this.outcome(moment, false);
      if (then.winner !== winner || then.marks.size > 0) return moment;
    }
    return moment;
  }

  private nextCandidate(at: number): number {
    let soonest = Infinity;
    for (const level of this.unit.levels) {
      const { sticky } = level.definition;
      const mark = sticky || level.ttlMs !== undefined ? this.mark(level) : undefined;
      if (level.check !== undefined && !(sticky && mark?.s && level.ttlMs === undefined)) {
        soonest = Math.min(soonest, level.check.next(this.sightAt(at)));
      }
      if (level.ttlMs !== undefined && mark?.c !== undefined && mark.c + level.ttlMs > at) {
        soonest = Math.min(soonest, mark.c + level.ttlMs);
      }
    }
    return soonest;
  }
}

const NO_MARKS: ReadonlyMap<number, Mark> = new Map();
/** Each try is one event leaving a window without changing the answer; a wrong guess would only cost an idle sweep. */
const MAX_TRIES = 1000;

function holdsTag(draft: Draft, key: string): boolean {
  const tags = draft.tags.all();
  if (Object.hasOwn(tags, key)) return true;
  const prefix = `${key}:`;
  for (const held in tags) if (held.startsWith(prefix)) return true;
  return false;
}

function isCandidate(level: CompiledTag, mark: Mark | undefined, holds: boolean, at: number): boolean {
  const wanted = holds || mark?.m !== undefined || (level.definition.sticky === true && mark?.s === 1);
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
  if (level.definition.sticky && holds && !mark?.s) next = { ...next, s: 1 };
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
