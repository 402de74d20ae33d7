import type { CompiledRuleset, CompiledTag, Unit } from '../tags/index.ts';
import { applyUnit, change } from './apply-unit.ts';
import type { Draft } from './draft.ts';
import { foldEvent, valuesOf } from './fold-event.ts';
import { type Mark, NO_DUE, type Open, type OpenEvent, type OpenManual } from './memory.ts';
import type { Cause, TagChange } from './profile.ts';
import { UnitView } from './unit-outcome.ts';

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
): void {
  for (let i = 0; i < entries.length; ) {
    const at = (entries[i] as Open).at;
    let end = i + 1;
    while (end < entries.length && (entries[end] as Open).at === at) end++;
    passTime(draft, at, false, rules, changes);
    processInstant(draft, at, entries.slice(i, end), rules, changes);
    i = end;
  }
  passTime(draft, until, true, rules, changes);
}

function passTime(draft: Draft, until: number, inclusive: boolean, rules: CompiledRuleset, changes: TagChange[]): void {
  for (let due = draft.soonest(); due < until || (inclusive && due === until); due = draft.soonest()) {
    processInstant(draft, due, [], rules, changes);
  }
}

const BY_TIME: Cause = { by: 'time', depth: 0 };

/** Folds and evaluates one instant. */
export function processInstant(
  draft: Draft,
  at: number,
  entries: readonly Open[],
  rules: CompiledRuleset,
  changes: TagChange[],
): void {
  const round = new Round(draft, at, rules, changes);
  if (draft.fresh) round.everything(causeOf(entries[0]));
  for (const entry of entries) round.take(entry);
  round.takeDue();
  draft.moveTo(at);
  round.evaluate();
}

/** One instant: what has been touched and why, then its evaluation in the order of dependencies. */
class Round {
  private readonly draft: Draft;
  private readonly at: number;
  private readonly rules: CompiledRuleset;
  private readonly changes: TagChange[];
  /** Unit index -> value of the family or '' -> cause. */
  private readonly touched = new Map<number, Map<string, Touch>>();
  private order: number[] = [];

  constructor(draft: Draft, at: number, rules: CompiledRuleset, changes: TagChange[]) {
    this.draft = draft;
    this.at = at;
    this.rules = rules;
    this.changes = changes;
  }

  take(entry: Open): void {
    if ('id' in entry) this.takeEvent(entry);
    else if ('key' in entry) this.takeManual(entry);
    else this.takeRules(entry.rules);
  }

  everything(cause: Cause): void {
    for (const unit of this.rules.units) this.touch(unit.index, undefined, cause, false);
  }

  /** What time changes by this instant. */
  takeDue(): void {
    const dues = this.draft.due.all();
    for (let i = 0; i < dues.length; i++) {
      if (dues[i] !== NO_DUE && (dues[i] as number) <= this.at) this.dueNow(i, undefined);
    }
    const families = this.draft.famDue.all();
    for (const key in families) {
      if ((families[key] as number) > this.at) continue;
      const bar = key.indexOf('|');
      this.dueNow(Number(key.slice(0, bar)), key.slice(bar + 1));
    }
  }

  evaluate(): void {
    this.order.sort(ascending);
    for (let i = 0; i < this.order.length; i++) {
      const unit = this.rules.units[this.order[i] as number] as Unit;
      for (const [value, touch] of this.touched.get(unit.index) as Map<string, Touch>) {
        const view = new UnitView(this.draft, unit, value === '' ? undefined : value);
        const { draft, at, rules, changes } = this;
        if (applyUnit(draft, view, at, touch.cause, touch.counted, rules, changes)) this.passOn(unit, touch.cause);
      }
    }
  }

  private dueNow(index: number, value: string | undefined): void {
    if (!this.touched.get(index)?.has(value ?? '')) this.touchOne(index, value, BY_TIME, false);
  }

  private takeEvent(event: OpenEvent): void {
    const cause = causeOf(event);
    foldEvent(
      this.draft,
      event,
      this.rules,
      (unit, value, counted) => this.touch(unit, value, cause, counted),
      (unit, value) => this.forget(unit, value, cause),
    );
  }

  private takeManual({ op, key, ref, by, depth }: OpenManual): void {
    const cause: Cause = { by, ref, depth: depth ?? 0 };
    const found = this.rules.unitOf(key);
    if (found === undefined) {
      this.setFree(key, op, ref, cause);
      return;
    }
    const { unit, value } = found;
    for (const level of unit.levels) {
      const own = value === undefined ? level.key : `${level.key}:${value}`;
      const mark = this.draft.marks.get(own);
      const next =
        own === key
          ? withHand(mark, op === 'add' ? ref : undefined, level, this.at)
          : op === 'add'
            ? withHand(mark, undefined, level, this.at)
            : mark;
      if (JSON.stringify(next) !== JSON.stringify(mark)) this.draft.marks.put(own, next);
    }
    this.touchOne(unit.index, value, cause, false);
  }

  /** A tag that no ruleset knows: it simply is there or not. */
  private setFree(key: string, op: 'add' | 'remove', ref: string, cause: Cause): void {
    const { draft, at, rules } = this;
    if ((draft.tags.get(key) !== undefined) === (op === 'add')) return;
    const why =
      op === 'add'
        ? { zh: `由 ${ref} 打上`, en: `set by ${ref}` }
        : { zh: `由 ${ref} 取下`, en: `taken off by ${ref}` };
    draft.tags.put(
      key,
      op === 'add' ? { since: new Date(at).toISOString(), rule: rules.version, evidence: [], manual: true } : undefined,
    );
    this.changes.push(change(op === 'add' ? 'added' : 'removed', key, at, rules.version, cause, { evidence: [], why }));
  }

  /** Another ruleset: every tag is looked at again, and rule-made tags that no rule knows any more go. */
  private takeRules(version: number): void {
    const cause: Cause = { by: 'ruleset', ref: String(version), depth: 0 };
    for (const [key, held] of Object.entries(this.draft.tags.all())) {
      if (held.manual || this.rules.unitOf(key) !== undefined) continue;
      this.draft.tags.put(key, undefined);
      const why = { zh: '规则里已没有这个标签', en: 'the ruleset has this tag no more' };
      this.changes.push(change('removed', key, this.at, this.rules.version, cause, { evidence: [], why }));
    }
    for (const unit of this.rules.units)
      if (!this.touched.has(unit.index)) this.touch(unit.index, undefined, cause, false);
  }

  private forget(unit: Unit, value: string, cause: Cause): void {
    const { draft, at, rules } = this;
    this.touched.get(unit.index)?.delete(value);
    draft.famDue.put(`${unit.index}|${value}`, undefined);
    for (const level of unit.levels) {
      const key = `${level.key}:${value}`;
      draft.marks.put(key, undefined);
      if (draft.tags.get(key) === undefined) continue;
      draft.tags.put(key, undefined);
      const why = {
        zh: '同族标签已满，最久没有动静的让位',
        en: 'the family is full and this one was untouched the longest',
      };
      this.changes.push(change('removed', key, at, rules.version, cause, { evidence: [], why }));
    }
  }

  private passOn(unit: Unit, cause: Cause): void {
    const known = this.order.length;
    for (const index of unit.dependents) this.touch(index, undefined, cause, false);
    // Dependents lie further on, so what is done already is not touched again.
    if (this.order.length > known) this.order.sort(ascending);
  }

  /** For a family without a value: all of its values. */
  private touch(index: number, value: string | undefined, cause: Cause, counted: boolean): void {
    const unit = this.rules.units[index] as Unit;
    const values = unit.family === undefined || value !== undefined ? [value] : valuesOf(this.draft, unit);
    for (const each of values) this.touchOne(index, each, cause, counted);
  }

  private touchOne(index: number, value: string | undefined, cause: Cause, counted: boolean): void {
    let values = this.touched.get(index);
    if (values === undefined) {
      values = new Map();
      this.touched.set(index, values);
      this.order.push(index);
    }
    const before = values.get(value ?? '');
    // What an event touched keeps that event as its cause, though a tag that it looks at changed besides.
    values.set(value ?? '', {
      cause: before?.counted && !counted ? before.cause : cause,
      counted: counted || (before?.counted ?? false),
    });
  }
}

interface Touch {
  readonly cause: Cause;
  readonly counted: boolean;
}

const ascending = (a: number, b: number): number => a - b;

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
