/**
 * What a condition can be made of, for whoever builds one: the operators with their forms (from the registry's schemas),
 * and what there is to speak of: tags, segments, and the events, properties and traits seen lately.
 */
import { z } from 'zod';
import type { CustomerEvent } from '../../../shared/events/index.ts';
import { conditionSchema, eventWords, OPERATORS } from '../../../shared/rules/index.ts';
import type { Ruleset } from '../../../shared/tags/index.ts';
import type { Words } from '../../../shared/words.ts';
import { loadStates, recentHistory } from '../../ports/profiles/index.ts';
import { sampleOfCustomers } from '../../ports/segments/index.ts';

/** Enough to meet what is usual; what only some do may be missing, and can be typed. */
const CUSTOMERS = 80;
const EVENTS_EACH = 40;
const MOST_NAMES = 300;

interface AnyOperator {
  readonly label: Words;
  readonly help: Words;
  readonly config: (condition: z.ZodType) => z.ZodType;
}

/** Label and help in both languages, and the JSON Schema of the configuration; its fields carry label, help and widget. */
const operators = () =>
  Object.entries(OPERATORS as unknown as Record<string, AnyOperator>).map(([name, { label, help, config }]) => ({
    name,
    label,
    help,
    schema: z.toJSONSchema(config(conditionSchema), { unrepresentable: 'any', io: 'input' }),
  }));

export async function builderData({ tags, segments = [] }: Ruleset) {
  const seen = await seenLately();
  const inRules = eventsOf([...tags, ...segments].map(({ when }) => when));
  const names = [...new Set([...seen.events.keys(), ...inRules])].sort();
  return {
    operators: operators(),
    events: names.slice(0, MOST_NAMES).map((name) => ({
      name,
      label: eventWords(name),
      seen: seen.events.get(name)?.count ?? 0,
      properties: [...(seen.events.get(name)?.properties ?? [])].sort(),
    })),
    traits: [...seen.traits].sort().slice(0, MOST_NAMES),
    tags: tags.map(({ key, name, category, family }) => ({ key, name, category, family: family !== undefined })),
    segments: segments.map(({ id, name }) => ({ id, name })),
    sampled: seen.customers,
  };
}

async function seenLately() {
  const { items } = await sampleOfCustomers(CUSTOMERS);
  const ids = items.map(({ customer }) => customer);
  const [states, histories] = await Promise.all([
    loadStates(ids),
    Promise.all(ids.map((id) => recentHistory(id, undefined, EVENTS_EACH))),
  ]);
  const events = new Map<string, { count: number; readonly properties: Set<string> }>();
  for (const event of histories.flatMap((history) => history.events)) {
    const known = events.get(event.name) ?? { count: 0, properties: new Set<string>() };
    known.count++;
    for (const path of pathsOf(event)) known.properties.add(path);
    events.set(event.name, known);
  }
  const traits = new Set([...states.values()].flatMap(({ state }) => Object.keys(state.traits)));
  return { events, traits, customers: ids.length };
}

/** Paths as conditions write them, two deep; through lists as readPath() goes. */
function pathsOf({ properties, context = {} }: CustomerEvent): string[] {
  return [...under('properties', properties), ...under('context', context)];
}

function under(root: string, value: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(value).flatMap(([name, part]) => {
    const first = Array.isArray(part) ? (part as readonly unknown[])[0] : part;
    const deeper =
      typeof first === 'object' && first !== null ? Object.keys(first).map((key) => `${root}.${name}.${key}`) : [];
    return deeper.length > 0 ? deeper : [`${root}.${name}`];
  });
}

/** The event names that rules speak of. */
function eventsOf(conditions: readonly unknown[]): string[] {
  const found = new Set<string>();
  const walk = (value: unknown, key?: string): void => {
    if (typeof value === 'string') {
      if (key === 'event' && value !== '*') found.add(value);
    } else if (Array.isArray(value)) for (const item of value) walk(item, key);
    else if (value !== null && typeof value === 'object') {
      for (const [name, part] of Object.entries(value)) walk(part, name);
    }
  };
  for (const condition of conditions) walk(condition);
  return [...found];
}
