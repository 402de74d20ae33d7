/**
 * advance() against the plain evaluator: for random rulesets and histories, at every moment that matters. Not covered
 * here: more open events than the limits keep (advance.test.ts), families beyond their bound (families.test.ts).
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CustomerEvent } from '../events/index.ts';
import { type Condition, evaluateOver } from '../rules/index.ts';
import { compileRuleset, type Limits, type Ruleset, rulesetSchema, type TagDefinition } from '../tags/index.ts';
import {
  advance,
  type Change,
  type CustomerState,
  emptyState,
  stateFromText,
  stateToText,
  type TagChange,
} from './index.ts';
import type { Memory } from './memory.ts';

const HOUR = 3_600_000;
/** Eight hours ahead, so that calendar days are not those of UTC. */
const ZONE = 'Asia/Shanghai';
const START = Date.UTC(2026, 0, 1);
const END = START + 320 * HOUR;
const LIMITS: Limits = { latenessMs: 1000 * HOUR, openEvents: 200 };
const iso = (ms: number): string => new Date(ms).toISOString();

const eventName = fc.constantFrom('Order Completed', 'Product Viewed', 'Liked');
const filter = fc.record(
  {
    event: fc.oneof(eventName, fc.constant('*'), fc.constant(['Order Completed', 'Liked'])),
    except: fc.constant(['Product Viewed']),
    where: fc.constantFrom(
      [{ path: 'properties.total', op: 'gte' as const, value: 10 }],
      [{ path: 'properties.product', op: 'in' as const, value: ['a', 'b'] }],
    ),
  },
  { requiredKeys: ['event'] },
);
const span = fc.constantFrom('PT3H', 'PT24H', 'P2D', 'PT100H');
const countOp = fc.constantFrom(
  'eq' as const,
  'ne' as const,
  'gt' as const,
  'gte' as const,
  'lt' as const,
  'lte' as const,
);
const some = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });

const leaf: fc.Arbitrary<Condition> = fc.oneof(
  fc
    .record({
      filter,
      within: some(span),
      by: some(fc.constant('properties.product')),
      op: countOp,
      value: fc.nat(4),
      plain: fc.boolean(),
    })
    .map(
      ({ filter, within, by, op, value, plain }) =>
        ({ did: clean({ ...filter, within, by, count: plain ? undefined : { op, value } }) }) as Condition,
    ),
  fc
    .record({ filter, n: fc.integer({ min: 1, max: 5 }) })
    .map(({ filter, n }) => ({ nth: { ...filter, n } }) as Condition),
  fc
    .record({
      kind: fc.constantFrom('sum', 'avg', 'min', 'max'),
      filter,
      within: some(span),
      op: countOp,
      value: fc.constantFrom(0, 0.3, 10, 20.2, 30),
    })
    .map(
      ({ kind, filter, within, op, value }) =>
        ({ [kind]: clean({ ...filter, of: 'properties.total', within, op, value }) }) as unknown as Condition,
    ),
  fc.record({ for: span, event: some(eventName) }).map((config) => ({ silent: clean(config) }) as Condition),
  fc
    .record({
      filter,
      of: fc.constantFrom('properties.product', 'name'),
      within: some(span),
      op: countOp,
      value: fc.nat(3),
    })
    .map(
      ({ filter, of, within, op, value }) =>
        ({
          distinct: clean({ ...filter, of, within, count: { op, value } }),
        }) as Condition,
    ),
  fc
    .record({
      filter,
      days: fc.integer({ min: 2, max: 4 }),
      perDay: some(fc.constant(2)),
      total: some(fc.constantFrom(3, 30)),
      of: some(fc.constant('properties.total')),
    })
    .map((config) => ({ streak: clean({ ...config.filter, ...config, filter: undefined }) }) as unknown as Condition),
  fc
    .record({ kind: fc.constantFrom('followed', 'notFollowed'), filter, by: filter, within: some(span) })
    .map(({ kind, filter, by, within }) => ({ [kind]: clean({ ...filter, by, within }) }) as unknown as Condition),
  fc
    .record({ filter, which: fc.constantFrom('first', 'last'), op: fc.constantFrom('gte', 'lt'), for: span })
    .map((config) => ({ since: clean({ ...config.filter, ...config, filter: undefined }) }) as unknown as Condition),
  fc.record({ filter, for: span }).map(({ filter, for: length }) => ({ gap: { ...filter, for: length } }) as Condition),
  fc.constantFrom<Condition>(
    { age: { from: 25 } },
    { age: { from: 25, below: 26 } },
    { age: { below: 26, path: 'birthday' } },
    { region: { in: ['上海市'] } },
    { region: { in: ['华东/上海', '北京'] } },
  ),
  fc.constantFrom<Condition>(
    { trait: { path: 'city', op: 'eq', value: '上海' } },
    { trait: { path: 'age', op: 'gte', value: 30 } },
    { trait: { path: 'city', op: 'exists', value: false } },
  ),
);

const { condition } = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc.array(tie('condition'), { minLength: 1, maxLength: 3 }).map((all) => ({ all })),
    fc.array(tie('condition'), { minLength: 1, maxLength: 3 }).map((any) => ({ any })),
    tie('condition').map((not) => ({ not })),
  ),
}));

const words = (text: string) => ({ zh: text, en: text });

/** t0..t2 alone, some sticky; g0..g2 an exclusive group; d0, d1 look at others. */
const ruleset: fc.Arbitrary<Ruleset> = fc
  .record({
    plain: fc.array(fc.record({ when: condition, sticky: fc.boolean() }), { minLength: 1, maxLength: 3 }),
    group: fc.array(condition, { minLength: 2, maxLength: 3 }),
    derived: fc.array(
      fc.record({ looks: fc.constantFrom('t0', 'g0', 'g1'), with: condition, not: fc.boolean(), sticky: fc.boolean() }),
      { maxLength: 2 },
    ),
  })
  .map(({ plain, group, derived }) => {
    const tags: TagDefinition[] = [
      ...plain.map(({ when, sticky }, i) => tag(`t${i}`, when, sticky ? { sticky: true } : {})),
      ...group.map((when, i) => tag(`g${i}`, when, { group: 'g' })),
      ...derived.map(({ looks, with: other, not, sticky }, i) =>
        tag(`d${i}`, { all: [not ? { not: { tag: looks } } : { tag: looks }, other] }, sticky ? { sticky: true } : {}),
      ),
    ];
    return {
      version: 1,
      zone: ZONE,
      groups: [{ id: 'g', name: words('g'), levels: group.map((_, i) => `g${i}`) }],
      tags,
    };
  });

const tag = (key: string, when: Condition, more: Partial<TagDefinition>): TagDefinition => ({
  key,
  name: words(key),
  category: 'behaviour',
  when,
  ...more,
});

interface Happened {
  readonly hour: number;
  readonly name: string;
  readonly properties: Record<string, unknown>;
  readonly traits?: Record<string, unknown>;
}

// Gaps of exactly one span are where windows and silences are decided.
const hour = fc.oneof(fc.integer({ min: 0, max: 200 }), fc.constantFrom(0, 3, 24, 27, 48, 51, 72, 100, 103, 124, 148));

const happened: fc.Arbitrary<Happened> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      hour,
      name: fc.oneof(eventName, fc.constant('Nobody Asks')),
      properties: fc.record(
        { total: fc.constantFrom(0.1, 0.2, 10, 10.1, 30), product: fc.constantFrom('a', 'b', 'c') },
        { requiredKeys: [] },
      ),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      hour,
      name: fc.constant('$identify'),
      properties: fc.constant({}),
      traits: fc.record(
        {
          city: fc.constantFrom('上海', '北京', null),
          age: fc.constantFrom(20, 40),
          birthday: fc.constantFrom('2000-01-05', '2001-01-08', '?'),
        },
        { requiredKeys: [] },
      ),
    }),
  },
);

const history = fc.array(happened, { minLength: 1, maxLength: 14 }).map((list) =>
  list.map(
    ({ hour, name, properties, traits }, i): CustomerEvent => ({
      id: `m${i}`,
      customer: 'c',
      name,
      type: traits === undefined ? 'track' : 'identify',
      at: iso(START + hour * HOUR),
      received: iso(START + hour * HOUR),
      properties,
      ...(traits === undefined ? {} : { traits }),
    }),
  ),
);

const ordered = (events: readonly CustomerEvent[]) => [...events].sort((a, b) => (a.at + a.id < b.at + b.id ? -1 : 1));
const asInputs = (events: readonly CustomerEvent[]) => events.map((event) => ({ type: 'event' as const, event }));

/** Which tags are held at every whole hour, by looking at all events each time anew. */
function bruteForce(rules: Ruleset, events: readonly CustomerEvent[], until: number): Map<number, string[]> {
  const sorted = ordered(events);
  const units = inDependencyOrder(rules);
  const ever = new Set<string>();
  const held = new Map<number, string[]>();
  for (let hour = Date.parse((sorted[0] as CustomerEvent).at); hour <= until; hour += HOUR) {
    const seen = sorted.filter((event) => event.at <= iso(hour));
    const traits: Record<string, unknown> = {};
    for (const event of seen) Object.assign(traits, event.traits);
    const tags: string[] = [];
    for (const unit of units) {
      const holding = unit.filter((tag) => {
        const now = evaluateOver(tag.when as Condition, {
          traits,
          tags,
          events: seen,
          now: iso(hour),
          zone: ZONE,
        }).holds;
        if (now && tag.sticky) ever.add(tag.key);
        return now || ever.has(tag.key);
      });
      const winner = holding.at(-1);
      if (winner) tags.push(winner.key);
    }
    held.set(hour, tags.sort());
  }
  return held;
}

function inDependencyOrder(rules: Ruleset): TagDefinition[][] {
  const group = rules.tags.filter((tag) => tag.group);
  const single = (prefix: string) => rules.tags.filter((tag) => tag.key.startsWith(prefix)).map((tag) => [tag]);
  return [...single('t'), group, ...single('d')];
}

/** All but what tells of the way here: what is still open, and the last moment looked at. */
function observable(state: CustomerState): unknown {
  const { memory, ...rest } = state;
  const { mem, due, families, marks } = (memory as Memory).head;
  return sortedKeys({ ...rest, mem, due, families, marks });
}

function sortedKeys(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (_, part: unknown) =>
      part !== null && typeof part === 'object' && !Array.isArray(part)
        ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
        : part,
    ),
  );
}

function clean<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as T;
}

/** Nightly runs ask for more. */
const RUNS = { numRuns: Number(process.env['FC_RUNS'] ?? 60) };

describe('advance', { timeout: 300_000 }, () => {
  test('agrees with looking at all events anew at every hour, sticky tags included', () => {
    fc.assert(
      fc.property(ruleset, history, (rules, events) => {
        expect(rulesetSchema.safeParse(rules).success).toBe(true);
        const compiled = compileRuleset(rules, LIMITS);
        const truth = bruteForce(rules, events, END);
        // Once with each event at its time, looking every hour; once all in one call, reading the changes.
        let state = emptyState('c');
        // With little kept open, what is in order still comes out right.
        const narrow = compileRuleset(rules, { latenessMs: 30 * HOUR, openEvents: 3 });
        let narrowState = state;
        const waiting = ordered(events);
        for (const [hour, tags] of truth) {
          const due = [];
          while (waiting[0] && waiting[0].at <= iso(hour)) due.push(waiting.shift() as CustomerEvent);
          state = advance(state, asInputs(due), compiled, iso(hour)).state;
          narrowState = advance(narrowState, asInputs(due), narrow, iso(hour)).state;
          expect(
            narrowState.tags === state.tags ||
              JSON.stringify(sortedKeys(narrowState.tags)) === JSON.stringify(sortedKeys(state.tags)),
          ).toBe(true);
          if (Object.keys(state.tags).sort().join() !== tags.join())
            expect([iso(hour), Object.keys(state.tags)]).toEqual([iso(hour), tags]);
        }
        const { changes } = advance(emptyState('c'), asInputs(events), compiled, iso(END));
        expect(replayed(changes as TagChange[], [...truth.keys()])).toEqual(truth);
      }),
      RUNS,
    );
  });

  test('gives the same tags, reasons, dates and record for any order, any repetition and any cut into calls', () => {
    const scatter = fc.array(fc.record({ i: fc.nat(), wait: fc.nat(120) }), { maxLength: 30 });
    fc.assert(
      fc.property(ruleset, history, scatter, (rules, events, picks) => {
        const compiled = compileRuleset(rules, { latenessMs: 121 * HOUR, openEvents: 24 });
        const straight = deliver(compiled, [asInputs(ordered(events))], () => END);
        // Repetitions first, in any order and at any moment after the event; then whatever has not come yet.
        const calls = [
          ...picks.map(({ i, wait }) => ({ event: events[i % events.length] as CustomerEvent, wait })),
          ...events.map((event) => ({ event, wait: 110 })),
        ]
          .map(({ event, wait }) => ({ event, now: Date.parse(event.at) + wait * HOUR }))
          .sort((a, b) => a.now - b.now);
        const cut = [...Map.groupBy(calls, ({ now }) => now)];
        const scattered = deliver(
          compiled,
          cut.map(([, list]) => asInputs(list.map(({ event }) => event))),
          (i) => Math.min(END, (cut[i] as [number, unknown])[0]),
        );
        expect(observable(scattered.state)).toEqual(observable(straight.state));
        expect(scattered.record).toEqual(straight.record);
        // Whatever was told on the way, it ends with the tags as they are.
        expect([...toldHeld(scattered.told)].sort()).toEqual(Object.keys(straight.state.tags).sort());
      }),
      RUNS,
    );
  });

  test('going from due moment to due moment is the same as looking every minute, and each due moment changes a tag', () => {
    fc.assert(
      fc.property(ruleset, history, (rules, events) => {
        const compiled = compileRuleset(rules, LIMITS);
        const last = Math.max(...events.map((event) => Date.parse(event.at)));
        let { state } = advance(emptyState('c'), asInputs(events), compiled, iso(last));
        let often = state;
        const stepped: Change[] = [];
        const looked: Change[] = [];
        while (state.dueAt !== undefined && state.dueAt <= iso(END)) {
          if (Date.parse(state.dueAt) - 1 > last)
            expect(advance(state, [{ type: 'time' }], compiled, iso(Date.parse(state.dueAt) - 1)).changes).toEqual([]);
          const next = advance(state, [{ type: 'time' }], compiled, state.dueAt);
          expect(next.changes.map((change) => change.at)).toContain(state.dueAt);
          stepped.push(...next.changes);
          state = next.state;
        }
        for (let minute = last; minute <= END; minute += HOUR / 60) {
          const next = advance(often, [{ type: 'time' }], compiled, iso(minute));
          looked.push(...next.changes);
          often = next.state;
        }
        expect(looked).toEqual(stepped);
      }),
      { numRuns: Math.ceil(RUNS.numRuns / 3) },
    );
  });

  test('does not change what it is given, and goes on from its text as from the object', () => {
    fc.assert(
      fc.property(ruleset, history, (rules, events) => {
        const compiled = compileRuleset(rules, LIMITS);
        let state = freeze(emptyState('c'));
        let stored = stateToText(state);
        for (const [i, event] of events.entries()) {
          const now = iso(START + (201 + i) * HOUR);
          state = freeze(advance(state, asInputs([event]), compiled, now).state);
          stored = stateToText(advance(stateFromText('c', stored), asInputs([event]), compiled, now).state);
          expect(JSON.parse(stored)).toEqual(JSON.parse(stateToText(state)));
          expect(stateToText(stateFromText('c', stored))).toBe(stored);
        }
      }),
      { numRuns: Math.ceil(RUNS.numRuns / 3) },
    );
  });
});

function deliver(
  compiled: ReturnType<typeof compileRuleset>,
  calls: ReturnType<typeof asInputs>[],
  clock: (i: number) => number,
) {
  let state = emptyState('c');
  let record: Change[] = [];
  const told: Change[] = [];
  const take = (inputs: ReturnType<typeof asInputs>, now: number) => {
    const next = advance(state, inputs, compiled, iso(now));
    state = next.state;
    told.push(...next.changes);
    if (next.rewritten === undefined) record.push(...next.changes);
    else {
      const removed = new Set(next.rewritten.removed.map((change) => JSON.stringify(change)));
      const before = record.length;
      record = record.filter((change) => !removed.has(JSON.stringify(change)));
      expect(before - record.length).toBe(removed.size);
      record.push(...next.rewritten.added);
    }
  };
  for (const [i, inputs] of calls.entries()) take(inputs, clock(i));
  take([], END);
  return { state, told, record: record.map((change) => JSON.stringify(change)).sort() };
}

function toldHeld(changes: readonly Change[]): Set<string> {
  const held = new Set<string>();
  for (const change of changes as TagChange[]) {
    // Nobody is told twice that a tag came, or that one went that was not there.
    expect(held.has(change.key)).toBe(change.op === 'removed');
    if (change.op === 'added') held.add(change.key);
    else held.delete(change.key);
  }
  return held;
}

/** Which tags are held at each of these moments, according to the changes. */
function replayed(changes: readonly TagChange[], moments: readonly number[]): Map<number, string[]> {
  const held = new Set<string>();
  const result = new Map<number, string[]>();
  const waiting = [...changes];
  for (const moment of moments) {
    while (waiting[0] && waiting[0].at <= iso(moment)) {
      const change = waiting.shift() as TagChange;
      if (change.op === 'added') held.add(change.key);
      else held.delete(change.key);
    }
    result.set(moment, [...held].sort());
  }
  return result;
}

function freeze<T>(value: T): T {
  if (value !== null && typeof value === 'object') {
    Object.freeze(value);
    for (const part of Object.values(value)) freeze(part);
  }
  return value;
}
