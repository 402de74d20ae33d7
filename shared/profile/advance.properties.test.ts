/**
 * advance() against a naive evaluator written for itself (test/support/naive-tags.ts): for random rulesets with every operator and
 * random histories, at every moment that matters. Not covered here: more open events than the limits keep
 * (advance.test.ts).
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ByHand, naiveTags } from '../../test/support/naive-tags.ts';
import {
  AHEAD,
  byHand,
  condition,
  END,
  HOUR,
  history,
  iso,
  ruleset,
  START,
  words,
  ZONE,
} from '../../test/support/random-rulesets.ts';
import type { CustomerEvent } from '../events/index.ts';
import { type Condition, evaluateOver, OPERATORS } from '../rules/index.ts';
import { compileRuleset, type Limits, rulesetSchema } from '../tags/index.ts';
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

const LIMITS: Limits = { latenessMs: 1000 * HOUR, openEvents: 200 };

const ordered = (events: readonly CustomerEvent[]) => [...events].sort((a, b) => (a.at + a.id < b.at + b.id ? -1 : 1));
const asInputs = (events: readonly CustomerEvent[]) => events.map((event) => ({ type: 'event' as const, event }));

const setNow = (hands: readonly ByHand[], now: number) =>
  hands.filter(({ at }) => at === now).map(({ op, key }) => ({ type: 'tag' as const, op, key, cause: 'wang' }));

/** All but what tells of the way here: what is still open, and the last moment looked at. */
function observable(state: CustomerState): unknown {
  const { memory, tags, segments, ...rest } = state;
  const { pages, families, marks } = (memory as Memory).head;
  return sortedKeys({ ...rest, tags, segments, pages, families, marks });
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

/** Nightly runs ask for more. */
const RUNS = { numRuns: Number(process.env['FC_RUNS'] ?? 60) };

describe('advance', { timeout: 300_000 }, () => {
  test('agrees with looking at all events anew at every hour, by rules of every operator and with tags set by hand', () => {
    const tried = new Set<string>();
    fc.assert(
      fc.property(ruleset, history, byHand, (rules, events, hands) => {
        expect(rulesetSchema.safeParse(rules).error).toBeUndefined();
        for (const name of Object.keys(OPERATORS)) if (JSON.stringify(rules).includes(`"${name}":`)) tried.add(name);
        const compiled = compileRuleset(rules, LIMITS);
        const truth = naiveTags(rules, events, hands, END, AHEAD);
        let state = emptyState('c');
        // With little kept open, what is in order still comes out right.
        const narrow = compileRuleset(rules, { latenessMs: 30 * HOUR, openEvents: 3 });
        let narrowState = state;
        const record: Change[] = [];
        const waiting = ordered(events);
        for (const [hour, tags] of truth) {
          const due = [];
          while (waiting[0] && waiting[0].at <= iso(hour)) due.push(waiting.shift() as CustomerEvent);
          const inputs = [...asInputs(due), ...setNow(hands, hour)];
          const next = advance(state, inputs, compiled, iso(hour));
          state = next.state;
          record.push(...next.changes);
          narrowState = advance(narrowState, inputs, narrow, iso(hour)).state;
          expect(sortedKeys(narrowState.tags)).toEqual(sortedKeys(state.tags));
          if (Object.keys(state.tags).sort().join() !== tags.join())
            expect([iso(hour), Object.keys(state.tags)]).toEqual([iso(hour), tags]);
        }
        // The history says the same as the tags did, hour by hour; and so it does when all comes in one call.
        expect(replayed(record as TagChange[], [...truth.keys()])).toEqual(truth);
        if (hands.length > 0) return;
        const { changes } = advance(emptyState('c'), asInputs(events), compiled, iso(END));
        expect(replayed(changes as TagChange[], [...truth.keys()])).toEqual(truth);
      }),
      RUNS,
    );
    expect([...tried].sort()).toEqual(Object.keys(OPERATORS).sort());
  });

  test('conditions over kept events, as branches ask them, agree with it, too', () => {
    fc.assert(
      fc.property(condition, history, (when, events) => {
        const tags = [{ key: 't', name: words('t'), category: 'behaviour', when }];
        for (const [hour, held] of naiveTags({ version: 1, zone: ZONE, groups: [], tags }, events, [], END, AHEAD)) {
          if ((hour / HOUR) % 7 !== 0) continue;
          const seen = ordered(events).filter((event) => event.at <= iso(hour));
          const traits = Object.assign({}, ...seen.map((event) => event.traits));
          const world = { traits, tags: [], events, now: iso(hour), zone: ZONE };
          expect(evaluateOver(when as Condition, world).holds).toBe(held.length > 0);
        }
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

  test('and wherever a call is lost before it was written, or its answer after', () => {
    const fates = fc.array(fc.constantFrom('done', 'lost', 'answer lost'), { minLength: 1, maxLength: 20 });
    const waits = fc.array(fc.nat(100), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(ruleset, history, waits, fates, (rules, events, wait, fate) => {
        const compiled = compileRuleset(rules, { latenessMs: 330 * HOUR, openEvents: 24 });
        const straight = deliver(compiled, [asInputs(ordered(events))], () => END);
        // A call that was lost comes again an hour later, with whatever else is there by then; others know the text only.
        const calls = events
          .map((event, i) => ({ event, now: Date.parse(event.at) + (wait[i % wait.length] as number) * HOUR }))
          .sort((a, b) => a.now - b.now);
        const delivered: { inputs: ReturnType<typeof asInputs>; now: number }[] = [];
        let again: CustomerEvent[] = [];
        for (const [i, { event, now }] of calls.entries()) {
          const inputs = asInputs([...again, event]);
          const how = fate[i % fate.length];
          if (how !== 'lost') delivered.push({ inputs, now });
          again = how === 'done' ? [] : [...again, event];
        }
        delivered.push({ inputs: asInputs(again), now: END - 1 });
        const broken = deliver(
          compiled,
          delivered.map(({ inputs }) => inputs),
          (i) => Math.min(END - 1, (delivered[i] as { now: number }).now),
          (state) => stateFromText('c', stateToText(state)),
        );
        const whole = (state: CustomerState) => JSON.parse(stateToText(state));
        expect(sortedKeys(broken.state.tags)).toEqual(sortedKeys(straight.state.tags));
        expect(broken.state.dueAt).toEqual(straight.state.dueAt);
        expect(whole(broken.state).m).toEqual(whole(straight.state).m);
        expect(broken.record).toEqual(straight.record);
      }),
      RUNS,
    );
  });

  test('going from due moment to due moment is the same as looking every minute, and each due moment changes a tag', () => {
    fc.assert(
      fc.property(ruleset, history, (rules, events) => {
        const compiled = compileRuleset(rules, LIMITS);
        // What is remembered besides (true once, last confirmed) may change by time, too, below the level that holds.
        const exact = rules.tags.every(({ ttl, sticky, group }) => !ttl && !(sticky && group));
        const last = Math.max(...events.map((event) => Date.parse(event.at)));
        let { state } = advance(emptyState('c'), asInputs(events), compiled, iso(last));
        let often = state;
        const stepped: Change[] = [];
        const looked: Change[] = [];
        while (state.dueAt !== undefined && state.dueAt <= iso(END)) {
          if (Date.parse(state.dueAt) - 1 > last)
            expect(advance(state, [{ type: 'time' }], compiled, iso(Date.parse(state.dueAt) - 1)).changes).toEqual([]);
          const next = advance(state, [{ type: 'time' }], compiled, state.dueAt);
          if (exact) expect(next.changes.map((change) => change.at)).toContain(state.dueAt);
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
  between: (state: CustomerState) => CustomerState = (state) => state,
) {
  let state = emptyState('c');
  let record: Change[] = [];
  const told: Change[] = [];
  const take = (inputs: ReturnType<typeof asInputs>, now: number) => {
    const next = advance(state, inputs, compiled, iso(now));
    state = between(next.state);
    told.push(...next.changes);
    // A record of segments is not rewritten: who was told to have entered has entered.
    if (next.rewritten === undefined) record.push(...next.changes.filter(({ type }) => type !== 'segment'));
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
