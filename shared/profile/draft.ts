import { type Place, valueAt, withValue } from '../rules/index.ts';
import type { CompiledRuleset, CompiledTag, Unit } from '../tags/index.ts';
import type { FamilyValue, Mark, Snapshot } from './memory.ts';
import type { TagHeld } from './profile.ts';
import { soonestOfFamily, soonestOfPage } from './soonest.ts';

/**
 * A snapshot while it is worked on: what changes is copied first, so that the snapshot it is made from stays.
 *
 * What rules remember lies in pages, by position: an event copies the page or two of the rules that hear it. What is
 * copied stays in memory until the customer's next event, and that costs more than the copying.
 */
export class Draft {
  readonly rules: CompiledRuleset;
  last: number;
  pages: Snapshot['pages'];
  soon: Snapshot['soon'];
  families: readonly (readonly FamilyValue[])[];
  marks: Readonly<Record<string, Mark>>;
  others: Readonly<Record<string, TagHeld>>;
  traits: Readonly<Record<string, unknown>>;
  /** A tag came or went, or is held otherwise than before. */
  retagged = false;
  /** What must stay as it is. */
  private kept: Snapshot;
  /** The earliest of all due moments; undefined while it must be looked for. */
  private soonestKnown: number | undefined;

  constructor(from: Snapshot, rules: CompiledRuleset) {
    this.rules = rules;
    this.last = from.last;
    this.pages = from.pages;
    this.soon = from.soon;
    this.families = from.families;
    this.marks = from.marks;
    this.others = from.others;
    this.traits = from.traits;
    this.soonestKnown = from.soonest;
    this.kept = from;
  }

  /** As it is now; going on with the draft leaves it alone. */
  snapshot(): Snapshot {
    const { last, pages, soon, soonest, families, marks, others, traits } = this;
    this.kept = { last, pages, soon, soonest, families, marks, others, traits };
    return this.kept;
  }

  /** Nothing was ever evaluated. */
  get fresh(): boolean {
    return this.last === -Infinity;
  }

  /** The next moment at which time changes anything; Infinity when none. */
  get soonest(): number {
    if (this.soonestKnown === undefined) {
      const { soon } = this;
      let soonest = Infinity;
      for (let i = 0; i < soon.length; i++) if ((soon[i] as number) < soonest) soonest = soon[i] as number;
      this.soonestKnown = soonest;
    }
    return this.soonestKnown;
  }

  /** Marks the instant as processed. */
  moveTo(instant: number): void {
    if (instant > this.last) this.last = instant;
  }

  /** What a leaf remembers, or how a tag of a plain unit is held: `undefined` takes it away. */
  put(place: Place, value: unknown): void {
    this.pages = withValue(this.pages, this.kept.pages, place, value);
  }

  putHeld(level: CompiledTag, held: TagHeld | undefined): void {
    this.put(level, held);
    this.retagged = true;
  }

  putDue(unit: Unit, moment: number): void {
    const before = valueAt(this.pages, unit) as number;
    if (before === moment) return;
    this.put(unit, moment);
    const { page } = unit;
    const soon = this.soon[page] as number;
    if (moment < soon) this.putSoon(page, moment);
    else if (before === soon) this.putSoon(page, soonestOfPage(this.pages, page, this.rules));
  }

  /** The values that a family remembers, the longest untouched first. */
  valuesOf(unit: Unit): readonly FamilyValue[] {
    return unit.family === undefined ? [] : (this.families[unit.family.place] ?? []);
  }

  putValues(unit: Unit, values: readonly FamilyValue[]): void {
    if (unit.family === undefined) return;
    const { place } = unit.family;
    this.families = this.families.with(place, values);
    this.putSoon(this.pages.length + place, soonestOfFamily(values));
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
    this.retagged = true;
  }

  putTrait(key: string, value: unknown): void {
    this.traits = put(this.traits, key, value);
  }

  private putSoon(index: number, moment: number): void {
    const before = this.soon[index] as number;
    if (before === moment) return;
    const own = (this.soon === this.kept.soon ? this.soon.slice() : this.soon) as number[];
    own[index] = moment;
    this.soon = own;
    const soonest = this.soonestKnown;
    if (soonest === undefined) return;
    if (moment <= soonest) this.soonestKnown = moment;
    else if (before === soonest) this.soonestKnown = undefined;
  }
}

function put<T>(record: Readonly<Record<string, T>>, key: string, value: T | undefined): Readonly<Record<string, T>> {
  if (value !== undefined) return { ...record, [key]: value };
  if (!Object.hasOwn(record, key)) return record;
  const { [key]: _, ...rest } = record;
  return rest;
}
