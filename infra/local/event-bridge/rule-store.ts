import { type Occurrences, parseExpression, RECURRING } from '../../../shared/schedule-expressions/index.ts';
import type { Store } from '../store.ts';
import { indexRules, type Pattern, parsePattern, type RuleIndex } from './patterns/index.ts';

/** Where matched events go. `json` is the target as it was put, with everything AWS lets one say about it. */
export interface Target {
  readonly id: string;
  readonly arn: string;
  readonly json: Readonly<Record<string, unknown>>;
}

/** A rule as it was put. It has a pattern, a schedule, or both. */
export interface Rule {
  readonly bus: string;
  readonly name: string;
  readonly patternText?: string;
  readonly scheduleText?: string;
  readonly enabled: boolean;
  readonly description?: string;
  readonly roleArn?: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly targets: readonly Target[];
}

/** Rules with their targets, kept in the store and held ready in memory. */
export interface RuleStore {
  rules(bus: string): readonly Rule[];
  rule(bus: string, name: string): Rule | undefined;
  /** Keeps targets and tags of a rule that is there already. */
  putRule(rule: Omit<Rule, 'targets'>): void;
  deleteRule(bus: string, name: string): void;
  putTargets(bus: string, rule: string, targets: readonly Target[]): void;
  removeTargets(bus: string, rule: string, ids: readonly string[]): void;
  /** The enabled rules of a bus that the event matches. */
  match(bus: string, event: unknown): readonly Rule[];
  occurrences(rule: Rule): Occurrences | undefined;
  /** Told of each rule that was put or deleted. */
  onChange(listener: (bus: string, name: string) => void): void;
}

const SCHEMA =
  'CREATE TABLE IF NOT EXISTS event_rule (bus TEXT, name TEXT, json TEXT NOT NULL, PRIMARY KEY (bus, name)) STRICT';

export function openRuleStore(store: Store): RuleStore {
  store.db.exec(SCHEMA);
  const saveRule = store.prepare(
    'INSERT INTO event_rule VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET json = excluded.json',
  );
  const dropRule = store.prepare('DELETE FROM event_rule WHERE bus = ? AND name = ?');
  const rules = new Map<string, Map<string, Rule>>();
  const indexes = new Map<string, RuleIndex<{ rule: Rule; pattern: Pattern }>>();
  const listeners: ((bus: string, name: string) => void)[] = [];
  const of = (bus: string) => {
    const found = rules.get(bus) ?? new Map<string, Rule>();
    rules.set(bus, found);
    return found;
  };
  for (const row of store.prepare('SELECT json FROM event_rule').all()) {
    const rule = JSON.parse(String(row['json'])) as Rule;
    of(rule.bus).set(rule.name, rule);
  }

  function changed(bus: string, name: string): void {
    indexes.delete(bus);
    for (const listener of listeners) listener(bus, name);
  }
  function save(rule: Rule): void {
    saveRule.run(rule.bus, rule.name, JSON.stringify(rule));
    of(rule.bus).set(rule.name, rule);
    changed(rule.bus, rule.name);
  }
  const change = (bus: string, name: string, to: (targets: readonly Target[]) => readonly Target[]) => {
    const rule = of(bus).get(name);
    if (rule) save({ ...rule, targets: to(rule.targets) });
  };
  const indexOf = (bus: string) => {
    const enabled = [...of(bus).values()].filter((rule) => rule.enabled);
    const index = indexRules(
      enabled.flatMap((rule) => (rule.patternText ? [{ rule, pattern: parsePattern(rule.patternText) }] : [])),
    );
    indexes.set(bus, index);
    return index;
  };

  return {
    rules: (bus) => [...of(bus).values()],
    rule: (bus, name) => of(bus).get(name),
    putRule(rule) {
      const before = of(rule.bus).get(rule.name);
      save({ ...(before?.tags && { tags: before.tags }), ...rule, targets: before?.targets ?? [] });
    },
    deleteRule(bus, name) {
      dropRule.run(bus, name);
      of(bus).delete(name);
      changed(bus, name);
    },
    putTargets: (bus, rule, targets) =>
      change(bus, rule, (before) => [
        ...before.filter((old) => !targets.some((target) => target.id === old.id)),
        ...targets,
      ]),
    removeTargets: (bus, rule, ids) =>
      change(bus, rule, (before) => before.filter((target) => !ids.includes(target.id))),
    match: (bus, event) => (indexes.get(bus) ?? indexOf(bus)).find(event).map(({ rule }) => rule),
    occurrences: ({ scheduleText }) =>
      scheduleText === undefined ? undefined : parseExpression(scheduleText, { kinds: RECURRING }),
    onChange: (listener) => void listeners.push(listener),
  };
}
