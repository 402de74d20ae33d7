import { type Leaf, valueAt, withValue } from '../rules/index.ts';
import type { CompiledTag, Unit } from '../tags/index.ts';
import type { FamilyValue, Mark, Snapshot } from './memory.ts';
import type { TagHeld } from './profile.ts';

/**
 * A snapshot while it is worked on: what changes is copied first, so that the snapshot it is made from stays.
 *
 * Memories and due moments lie in pages, by position: an event copies the page or two of the rules that hear it. What is
 * copied stays in memory until the customer's next event, and that costs more than the copying.
 */
export class Draft implements Snapshot {
  last: number;
  mem: Snapshot['mem'];
  due: Snapshot['due'];
  held: Snapshot['held'];
  families: readonly (readonly FamilyValue[])[];
  marks: Readonly<Record<string, Mark>>;
  others: Readonly<Record<string, TagHeld>>;
  traits: Readonly<Record<string, unknown>>;
  /** What must stay as it is. */
  private kept: Pick<Snapshot, 'mem' | 'due' | 'held'>;
  /** The earliest of all due moments; undefined while it must be looked for. */
  private soon: number | undefined;

  constructor(from: Snapshot) {
    this.last = from.last;
    this.mem = from.mem;
    this.due = from.due;
    this.held = from.held;
    this.families = from.families;
    this.marks = from.marks;
    this.others = from.others;
    this.traits = from.traits;
    this.soon = from.soonest;
    this.kept = from;
  }

  /** As it is now; going on with the draft leaves it alone. */
  snapshot(): Snapshot {
    const { last, mem, due, soonest, families, marks, held, others, traits } = this;
    const snapshot = { last, mem, due, soonest, families, marks, held, others, traits };
    this.kept = snapshot;
    return snapshot;
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

  putMem(leaf: Leaf, memory: unknown): void {
    this.mem = withValue(this.mem, this.kept.mem, leaf, memory);
  }

  putDue(unit: Unit, moment: number): void {
    const before = valueAt(this.due, unit);
    if (before === moment) return;
    this.due = withValue(this.due, this.kept.due, unit, moment);
    this.moved(before, moment);
  }

  /** A tag of a plain unit; undefined takes it away. */
  putHeld(level: CompiledTag, held: TagHeld | undefined): void {
    this.held = withValue(this.held, this.kept.held, level, held);
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

  /** undefined takes it out; so with other tags and traits. */
  putMark(key: string, mark: Mark | undefined): void {
    this.marks = put(this.marks, key, mark);
  }

  putOther(key: string, held: TagHeld | undefined): void {
    this.others = put(this.others, key, held);
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
  for (let page = 0; page < due.length; page++) {
    const cells = due[page] as readonly number[];
    for (let cell = 0; cell < cells.length; cell++)
      if ((cells[cell] as number) < soonest) soonest = cells[cell] as number;
  }
  for (let place = 0; place < families.length; place++) {
    const values = families[place] as readonly FamilyValue[];
    for (let i = 0; i < values.length; i++) if (values[i]!.due < soonest) soonest = values[i]!.due;
  }
  return soonest;
}

function put<T>(record: Readonly<Record<string, T>>, key: string, value: T | undefined): Readonly<Record<string, T>> {
  if (value !== undefined) return { ...record, [key]: value };
  if (!Object.hasOwn(record, key)) return record;
  const { [key]: _, ...rest } = record;
  return rest;
}
