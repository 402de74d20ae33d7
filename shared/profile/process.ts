import { isoOf } from '../instants.ts';
import { valueAt } from '../rules/index.ts';
import type { CompiledRuleset, CompiledTag, Family, Unit } from '../tags/index.ts';
import { applyUnit, change } from './apply-unit.ts';
import type { Draft } from './draft.ts';
import { foldEvent, type Watcher } from './fold-event.ts';
import type { FamilyValue, Mark, Open, OpenEvent, OpenManual } from './memory.ts';
import type { Cause, TagChange, TagHeld } from './profile.ts';
import { UnitView } from './unit-outcome.ts';

/** Told after each instant how many entries are in. */
export interface Follower {
  readonly done: (count: number) => void;
}

/**
 * Takes a draft through open entries (in openOrder) and on to `until`. State at an instant means: with all events of
 * that instant. So everything of one instant is folded first and evaluated once; and what time changes between two
 * instants is evaluated at its own moment, so that "ever" means ever.
 *
 * @param until ms; the last moment at which time may change anything
 */
export function process(
  draft: Draft,
  entries: readonly Open[],
  until: number,
  rules: CompiledRuleset,
  changes: TagChange[],
  follower?: Follower,
): void {
  for (let i = 0; i < entries.length; ) {
    const { at } = entries[i] as Open;
    let end = i + 1;
    while (end < entries.length && (entries[end] as Open).at === at) end++;
    passTime(draft, at, false, rules, changes);
    processInstant(draft, at, entries, i, end, rules, changes);
    i = end;
    follower?.done(end);
  }
  passTime(draft, until, true, rules, changes);
}

function passTime(draft: Draft, until: number, inclusive: boolean, rules: CompiledRuleset, changes: TagChange[]): void {
  for (let due = draft.soonest; due < until || (inclusive && due === until); due = draft.soonest) {
    processInstant(draft, due, [], 0, 0, rules, changes);
  }
}

const BY_TIME: Cause = { by: 'time', depth: 0 };

/** Folds and evaluates one instant: entries from `from` to before `to`, all of that instant (or too late for theirs). */
export function processInstant(
  draft: Draft,
  at: number,
  entries: readonly Open[],
  from: number,
  to: number,
  rules: CompiledRuleset,
  changes: TagChange[],
): void {
  const round = new Round(draft, at, rules, changes);
  if (draft.fresh) round.begin(causeOf(entries[from]));
  // What time would have changed at this instant anyway is no doing of new rules: journeys wait for it.
  if (draft.soonest <= at && entries.slice(from, to).some(isOfRules)) round.takeDue();
  for (let i = from; i < to; i++) round.take(entries[i] as Open);
  if (draft.soonest <= at) round.takeDue();
  draft.moveTo(at);
  round.evaluate();
}

const isOfRules = (entry: Open): boolean => !('id' in entry) && !('key' in entry);

/** A unit, of families with a value, to be evaluated. */
interface Touch {
  readonly unit: Unit;
  readonly value: string | undefined;
  cause: Cause;
  /** A bit for each level whose rule an event of this instant counts for. */
  counted: number;
  dropped: boolean;
  next: Touch | undefined;
}

/** One instant: what has been touched and why, then its evaluation in the order of dependencies. */
class Round implements Watcher {
  private readonly draft: Draft;
  private readonly at: number;
  private readonly rules: CompiledRuleset;
  private readonly changes: TagChange[];
  /** A chain by unit index, those of one unit (the values of a family) in the order of touching. */
  private first: Touch | undefined;
  private last: Touch | undefined;
  private count = 0;
  /** Finds the touches again when there are many. */
  private byKey: Map<string, Touch> | undefined;
  /** Of what is being taken. */
  private cause: Cause = BY_TIME;

  constructor(draft: Draft, at: number, rules: CompiledRuleset, changes: TagChange[]) {
    this.draft = draft;
    this.at = at;
    this.rules = rules;
    this.changes = changes;
  }

  take(entry: Open): void {
    this.cause = causeOf(entry);
    if ('id' in entry) foldEvent(this.draft, entry as OpenEvent, this.rules, this);
    else if ('key' in entry) this.takeManual(entry);
    else this.takeRules();
  }

  /** The first instant of all: what holds of somebody of whom nothing is known is noted, too. */
  begin(cause: Cause): void {
    this.cause = cause;
    for (const unit of this.rules.eagerUnits) this.touch(unit, undefined, 0);
  }

  /** What time changes by this instant. */
  takeDue(): void {
    const { draft, at, rules } = this;
    this.cause = BY_TIME;
    const { pages, soon, families } = draft;
    for (let page = 0; page < pages.length; page++) {
      if ((soon[page] as number) > at) continue;
      const units = rules.timedOn[page] as readonly Unit[];
      for (let i = 0; i < units.length; i++) {
        const unit = units[i] as Unit;
        if ((valueAt(pages, unit) as number) <= at) this.dueNow(unit, undefined);
      }
    }
    for (let place = 0; place < families.length; place++) {
      if ((soon[pages.length + place] as number) > at) continue;
      const values = families[place] as readonly FamilyValue[];
      for (let i = 0; i < values.length; i++) {
        const each = values[i] as FamilyValue;
        if (each.due <= at) this.dueNow(rules.families[place] as Unit, each.value);
      }
    }
  }

  evaluate(): void {
    const { draft, rules, changes, first } = this;
    if (first === undefined) return;
    const view = new UnitView(draft);
    // Dependents lie further on, so what is touched meanwhile is still to come.
    for (let touch: Touch | undefined = first; touch !== undefined; touch = touch.next) {
      const { unit, value, cause, counted, dropped } = touch;
      if (dropped) continue;
      view.look(unit, value);
      if (applyUnit(draft, view, this.at, cause, counted, rules, changes)) this.passOn(unit, cause);
    }
  }

  /** For a family with its value. */
  touch(unit: Unit, value: string | undefined, counted: number): void {
    const known = this.find(unit, value);
    if (known === undefined) {
      this.add({ unit, value, cause: this.cause, counted, dropped: false, next: undefined });
      return;
    }
    // What an event touched keeps that event as its cause, though a tag that it looks at changed besides.
    if (known.counted === 0 || counted !== 0 || known.dropped) known.cause = this.cause;
    known.counted = counted | (known.dropped ? 0 : known.counted);
    known.dropped = false;
  }

  forget(unit: Unit, value: string): void {
    const { draft, at, rules, cause } = this;
    const known = this.find(unit, value);
    if (known !== undefined) known.dropped = true;
    for (const level of unit.levels) {
      const key = `${level.key}:${value}`;
      draft.putMark(key, undefined);
      if (draft.others[key] === undefined) continue;
      draft.putOther(key, undefined);
      const why = {
        zh: '同族标签已满，最久没有动静的让位',
        en: 'the family is full and this one was untouched the longest',
      };
      this.changes.push(change('removed', key, at, rules.version, cause, { evidence: [], why }));
      this.passOn(unit, cause);
    }
  }

  private dueNow(unit: Unit, value: string | undefined): void {
    const known = this.find(unit, value);
    if (known === undefined || known.dropped) this.touch(unit, value, 0);
  }

  private takeManual({ op, key, ref }: OpenManual): void {
    const { draft, at } = this;
    const found = this.rules.unitOf(key);
    if (found === undefined) {
      this.setFree(key, op, ref);
      return;
    }
    const { unit, value } = found;
    for (const level of unit.levels) {
      const own = value === undefined ? level.key : `${level.key}:${value}`;
      const mark = draft.marks[own];
      const next =
        own === key
          ? withHand(mark, op === 'add' ? ref : undefined, level, at)
          : op === 'add'
            ? withHand(mark, undefined, level, at)
            : mark;
      if (JSON.stringify(next) !== JSON.stringify(mark)) draft.putMark(own, next);
    }
    if (value !== undefined) this.makeRoom(unit, value);
    this.touch(unit, value, 0);
  }

  /** A value of a family that came by hand takes a place like any other. */
  private makeRoom(unit: Unit, value: string): void {
    const { draft } = this;
    const known = draft.valuesOf(unit);
    if (known.some((each) => each.value === value)) return;
    const values = [...known, { value, mem: unit.leaves.map(() => undefined), due: Infinity }];
    const out = values.length > (unit.family as Family).bound ? values.shift() : undefined;
    draft.putValues(unit, values);
    if (out !== undefined) this.forget(unit, out.value);
  }

  /** A tag that no ruleset knows: it simply is there or not. */
  private setFree(key: string, op: 'add' | 'remove', ref: string): void {
    const { draft, at, rules, cause } = this;
    if ((draft.others[key] !== undefined) === (op === 'add')) return;
    const why =
      op === 'add'
        ? { zh: `由 ${ref} 打上`, en: `set by ${ref}` }
        : { zh: `由 ${ref} 取下`, en: `taken off by ${ref}` };
    draft.putOther(
      key,
      op === 'add' ? { since: isoOf(at), rule: rules.version, evidence: [], manual: true } : undefined,
    );
    this.changes.push(change(op === 'add' ? 'added' : 'removed', key, at, rules.version, cause, { evidence: [], why }));
  }

  /** Another ruleset: every tag is looked at again, and rule-made tags that no rule knows any more go. */
  private takeRules(): void {
    const { draft, at, rules, cause } = this;
    // In the order of keys, whether she was read from her text or is at hand.
    for (const key of Object.keys(draft.others).sort()) {
      const held = draft.others[key] as TagHeld;
      if (held.manual || rules.unitOf(key) !== undefined) continue;
      draft.putOther(key, undefined);
      const why = { zh: '规则里已没有这个标签', en: 'the ruleset has this tag no more' };
      this.changes.push(change('removed', key, at, rules.version, cause, { evidence: [], why }));
    }
    for (const unit of rules.units) {
      for (const value of this.placesOf(unit)) if (this.find(unit, value) === undefined) this.touch(unit, value, 0);
    }
  }

  private passOn(unit: Unit, cause: Cause): void {
    if (unit.dependents.length === 0) return;
    this.cause = cause;
    for (const index of unit.dependents) {
      const dependent = this.rules.units[index] as Unit;
      for (const value of this.placesOf(dependent)) this.touch(dependent, value, 0);
    }
  }

  /** Where a unit is to be evaluated: once, or for each value of a family. */
  private placesOf(unit: Unit): readonly (string | undefined)[] {
    return unit.family === undefined ? PLAIN : this.draft.valuesOf(unit).map(({ value }) => value);
  }

  private find(unit: Unit, value: string | undefined): Touch | undefined {
    if (this.byKey !== undefined) return this.byKey.get(keyOf(unit, value));
    let touch = this.first;
    while (touch !== undefined && (touch.unit !== unit || touch.value !== value)) touch = touch.next;
    return touch;
  }

  private add(touch: Touch): void {
    this.chain(touch);
    this.count++;
    if (this.byKey !== undefined) this.byKey.set(keyOf(touch.unit, touch.value), touch);
    else if (this.count > MANY) {
      this.byKey = new Map();
      for (let each = this.first; each !== undefined; each = each.next)
        this.byKey.set(keyOf(each.unit, each.value), each);
    }
  }

  private chain(touch: Touch): void {
    const { index } = touch.unit;
    if (this.last === undefined || this.last.unit.index <= index) {
      if (this.last === undefined) this.first = touch;
      else this.last.next = touch;
      this.last = touch;
      return;
    }
    let before: Touch | undefined;
    let after = this.first;
    while (after !== undefined && after.unit.index <= index) {
      before = after;
      after = after.next;
    }
    touch.next = after;
    if (before === undefined) this.first = touch;
    else before.next = touch;
  }
}

const MANY = 32;
const PLAIN: readonly undefined[] = [undefined];

const keyOf = (unit: Unit, value: string | undefined): string =>
  value === undefined ? `${unit.index}` : `${unit.index}|${value}`;

function causeOf(entry: Open | undefined): Cause {
  if (entry === undefined) return BY_TIME;
  if ('id' in entry) return { by: 'event', messageId: entry.id, eventName: entry.name, depth: 0 };
  if ('key' in entry) return { by: entry.by, ref: entry.ref, depth: entry.depth ?? 0 };
  return { by: 'ruleset', ref: String(entry.rules), depth: 0 };
}

/** The mark with a hand laid on it, or taken off. */
function withHand(mark: Mark | undefined, ref: string | undefined, level: CompiledTag, at: number): Mark | undefined {
  const { m: _, ...rest } = mark ?? {};
  const next: Mark = ref === undefined ? rest : { ...rest, m: ref, ...(level.ttlMs === undefined ? {} : { c: at }) };
  return Object.keys(next).length === 0 ? undefined : next;
}
