import type { Unit } from '../tags/index.ts';
import type { FamilyValue, Mark, Snapshot } from './memory.ts';
import type { TagHeld } from './profile.ts';

/**
 * A snapshot while it is worked on: what changes is copied first, so that the snapshot it is made from stays.
 *
 * Memories and due moments lie in arrays, by position: copying one costs a hundredth of a microsecond per ten values,
 * while objects whose keys came in a different order for each customer cost a hundred times that.
 */
export class Draft implements Snapshot {
  last: number;
  mem: readonly unknown[];
  due: readonly number[];
  winners: readonly number[];
  families: readonly (readonly FamilyValue[])[];
  marks: Readonly<Record<string, Mark>>;
  tags: Readonly<Record<string, TagHeld>>;
  traits: Readonly<Record<string, unknown>>;
  private ownMem = false;
  private ownDue = false;
  private ownWinners = false;
  /** The earliest of all due moments; undefined while it must be looked for. */
  private soon: number | undefined;

  constructor(from: Snapshot) {
    this.last = from.last;
    this.mem = from.mem;
    this.due = from.due;
    this.winners = from.winners;
    this.families = from.families;
    this.marks = from.marks;
    this.tags = from.tags;
    this.traits = from.traits;
    this.soon = from.soonest;
  }

  /** As it is now; going on with the draft leaves it alone. */
  snapshot(): Snapshot {
    this.ownMem = false;
    this.ownDue = false;
    this.ownWinners = false;
    const { last, mem, due, soonest, winners, families, marks, tags, traits } = this;
    return { last, mem, due, soonest, winners, families, marks, tags, traits };
  }

  /** Nothing was ever evaluated. */
  get fresh(): boolean {
    return this.last === -Infinity;
  }

  /** The next moment at which time changes anything; Infinity when none. */
  get soonest(): number {
    this.soon ??= soonestOf(this.due, this.families);
    return this.soon;
  }

  /** Marks the instant as processed. */
  moveTo(instant: number): void {
    if (instant > this.last) this.last = instant;
  }

  putMem(slot: number, memory: unknown): void {
    if (!this.ownMem) {
      this.mem = this.mem.slice();
      this.ownMem = true;
    }
    (this.mem as unknown[])[slot] = memory;
  }

  putDue(unit: number, moment: number): void {
    const before = this.due[unit] as number;
    if (before === moment) return;
    if (!this.ownDue) {
      this.due = this.due.slice();
      this.ownDue = true;
    }
    (this.due as number[])[unit] = moment;
    this.moved(before, moment);
  }

  putWinner(unit: number, level: number): void {
    if (this.winners[unit] === level) return;
    if (!this.ownWinners) {
      this.winners = this.winners.slice();
      this.ownWinners = true;
    }
    (this.winners as number[])[unit] = level;
  }

  /** The values that a family remembers, the longest untouched first. */
  valuesOf(unit: Unit): readonly FamilyValue[] {
    return unit.family === undefined ? [] : (this.families[unit.family.place] ?? []);
  }

  putValues(unit: Unit, values: readonly FamilyValue[]): void {
    if (unit.family === undefined) return;
    this.families = this.families.with(unit.family.place, values);
    this.soon = undefined;
  }

  putFamilyDue(unit: Unit, value: string, moment: number): void {
    const values = this.valuesOf(unit);
    const place = values.findIndex((each) => each.value === value);
    const before = values[place];
    if (before === undefined || before.due === moment) return;
    this.putValues(unit, values.with(place, { ...before, due: moment }));
  }

  /** undefined takes it out; so with tags and traits. */
  putMark(key: string, mark: Mark | undefined): void {
    this.marks = put(this.marks, key, mark);
  }

  putTag(key: string, held: TagHeld | undefined): void {
    this.tags = put(this.tags, key, held);
  }

  putTrait(key: string, value: unknown): void {
    this.traits = put(this.traits, key, value);
  }

  private moved(before: number, moment: number): void {
    if (this.soon === undefined) return;
    if (moment <= this.soon) this.soon = moment;
    else if (before === this.soon) this.soon = undefined;
  }
}

export function soonestOf(due: Snapshot['due'], families: Snapshot['families']): number {
  let soonest = Infinity;
  for (let i = 0; i < due.length; i++) if ((due[i] as number) < soonest) soonest = due[i] as number;
  for (const values of families) for (const value of values) if (value.due < soonest) soonest = value.due;
  return soonest;
}

function put<T>(record: Readonly<Record<string, T>>, key: string, value: T | undefined): Readonly<Record<string, T>> {
  if (value !== undefined) return { ...record, [key]: value };
  if (!Object.hasOwn(record, key)) return record;
  const { [key]: _, ...rest } = record;
  return rest;
}
