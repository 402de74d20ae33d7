import type { Store } from '../store.ts';
import { indexRules, type Pattern, parsePattern, type RuleIndex } from './patterns/index.ts';

/** Where matched events go. `json` is the target as it was put, with everything AWS lets one say about it. */
export interface Target {
  readonly id: string;
  readonly arn: string;
  readonly json: Readonly<Record<string, unknown>>;
}

export interface Rule {
  readonly bus: string;
  readonly name: string;
  readonly pattern: Pattern;
  readonly patternText: string;
  readonly enabled: boolean;
  readonly description?: string;
  readonly targets: readonly Target[];
}

export interface Bus {
  readonly name: string;
  readonly description?: string;
  readonly createdAt: number;
}

/** Buses, rules and targets, kept in the store and held ready in memory. */
export interface RuleStore {
  buses(): readonly Bus[];
  bus(name: string): Bus | undefined;
  putBus(bus: Bus): void;
  deleteBus(name: string): void;
  rules(bus: string): readonly Rule[];
  rule(bus: string, name: string): Rule | undefined;
  putRule(rule: Omit<Rule, 'pattern' | 'targets'>): void;
  deleteRule(bus: string, name: string): void;
  putTargets(bus: string, rule: string, targets: readonly Target[]): void;
  removeTargets(bus: string, rule: string, ids: readonly string[]): void;
  /** The enabled rules of a bus that the event matches. */
  match(bus: string, event: unknown): readonly Rule[];
}

const SCHEMA = `
CREATE TABLE IF NOT EXISTS event_bus (name TEXT PRIMARY KEY, json TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS event_rule (bus TEXT, name TEXT, json TEXT NOT NULL, PRIMARY KEY (bus, name)) STRICT;
`;

type RuleJson = Omit<Rule, 'pattern'>;

export function openRuleStore(store: Store): RuleStore {
  store.db.exec(SCHEMA);
  const saveBus = store.prepare('INSERT INTO event_bus VALUES (?, ?) ON CONFLICT DO UPDATE SET json = excluded.json');
  const dropBus = store.prepare('DELETE FROM event_bus WHERE name = ?');
  const saveRule = store.prepare(
    'INSERT INTO event_rule VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET json = excluded.json',
  );
  const dropRule = store.prepare('DELETE FROM event_rule WHERE bus = ? AND name = ?');

  const buses = new Map<string, Bus>();
  const rules = new Map<string, Map<string, Rule>>();
  const indexes = new Map<string, RuleIndex<Rule>>();
  const of = (bus: string) => {
    const found = rules.get(bus) ?? new Map<string, Rule>();
    rules.set(bus, found);
    return found;
  };
  for (const row of store.prepare('SELECT json FROM event_bus').all()) {
    const bus = JSON.parse(String(row['json'])) as Bus;
    buses.set(bus.name, bus);
  }
  for (const row of store.prepare('SELECT json FROM event_rule').all()) {
    const rule = JSON.parse(String(row['json'])) as RuleJson;
    of(rule.bus).set(rule.name, { ...rule, pattern: parsePattern(rule.patternText) });
  }

  function save(rule: Rule): void {
    const { pattern: _, ...json } = rule;
    saveRule.run(rule.bus, rule.name, JSON.stringify(json satisfies RuleJson));
    of(rule.bus).set(rule.name, rule);
    indexes.delete(rule.bus);
  }
  const change = (bus: string, name: string, to: (targets: readonly Target[]) => readonly Target[]) => {
    const rule = of(bus).get(name);
    if (rule) save({ ...rule, targets: to(rule.targets) });
  };

  return {
    buses: () => [...buses.values()],
    bus: (name) => buses.get(name),
    putBus(bus) {
      saveBus.run(bus.name, JSON.stringify(bus));
      buses.set(bus.name, bus);
    },
    deleteBus(name) {
      dropBus.run(name);
      buses.delete(name);
    },
    rules: (bus) => [...of(bus).values()],
    rule: (bus, name) => of(bus).get(name),
    putRule: (rule) =>
      save({ ...rule, pattern: parsePattern(rule.patternText), targets: of(rule.bus).get(rule.name)?.targets ?? [] }),
    deleteRule(bus, name) {
      dropRule.run(bus, name);
      of(bus).delete(name);
      indexes.delete(bus);
    },
    putTargets: (bus, rule, targets) =>
      change(bus, rule, (before) => [
        ...before.filter((old) => !targets.some((target) => target.id === old.id)),
        ...targets,
      ]),
    removeTargets: (bus, rule, ids) =>
      change(bus, rule, (before) => before.filter((target) => !ids.includes(target.id))),
    match(bus, event) {
      let index = indexes.get(bus);
      if (!index) {
        index = indexRules(of(bus).size === 0 ? [] : [...of(bus).values()].filter((rule) => rule.enabled));
        indexes.set(bus, index);
      }
      return index.find(event);
    },
  };
}
