/**
 * Folding a customer anew from what is kept: the same as having had the rules from the start. The random rules and
 * histories are simple here; that advance() itself is right for all operators is advance.properties.test.ts.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CustomerEvent } from '../events/index.ts';
import { compileRuleset, type Ruleset, type TagDefinition } from '../tags/index.ts';
import { advance, type CustomerState, emptyState, type Hand, refold, stateFromText, stateToText } from './index.ts';

const HOUR = 3_600_000;
const START = Date.UTC(2026, 0, 1);
const iso = (hour: number): string => new Date(START + hour * HOUR).toISOString();
const NOW = iso(2000);

const words = (text: string) => ({ zh: text, en: text });
const tag = (key: string, more: Partial<TagDefinition>): TagDefinition => ({
  key,
  name: words(key),
  category: 'value',
  ...more,
});
const ruleset = (version: number, tags: readonly TagDefinition[]): Ruleset => {
  const levels = tags.filter(({ group }) => group === 'level').map(({ key }) => key);
  return {
    version,
    segments: version < 2 ? [] : SEGMENTS,
    zone: 'Asia/Shanghai',
    tags,
    groups: levels.length < 2 ? [] : [{ id: 'level', name: words('l'), levels }],
  };
};
const SEGMENTS = [
  { id: 'asleep', name: words('asleep'), goal: words('wake'), when: { silent: { for: 'P9D' } } } as const,
];
const often = (value: number) => ({ did: { event: 'Order', count: { op: 'gte' as const, value } } });

const TAGS: readonly TagDefinition[] = [
  tag('new', { group: 'level', when: often(1) }),
  tag('regular', { group: 'level', when: often(3) }),
  tag('vip', { manual: true }),
  tag('either', { when: { any: [{ tag: 'vip' }, { tag: 'regular' }] } }),
  tag('silent', { when: { silent: { for: 'P7D', event: 'Visit' } } }),
  tag('rush', { sticky: true, when: { did: { event: 'Visit', within: 'PT24H', count: { op: 'gte', value: 3 } } } }),
  tag('fresh', { ttl: 'P20D', when: { did: { event: 'Visit', within: 'P2D' } } }),
  tag('spent', { when: { sum: { event: 'Order', of: 'properties.total', op: 'gte', value: 100 } } }),
  tag('seen', { when: { did: { event: 'Visit' } }, family: { by: 'properties.page', bound: 2 } }),
  tag('here', { when: { trait: { path: 'city', op: 'eq', value: '上海' } } }),
];
const EARLIER = compileRuleset(ruleset(1, [tag('new', { when: often(1) }), tag('vip', { manual: true })]));
const LATER = compileRuleset(ruleset(2, TAGS));
const CAUSE = { by: 'ruleset', ref: 'backfill 1', depth: 0 } as const;

interface Step {
  readonly hour: number;
  readonly event?: CustomerEvent;
  readonly hand?: Hand;
}

const eventStep = fc
  .record({
    hour: fc.integer({ min: 0, max: 1900 }),
    name: fc.constantFrom('Order', 'Visit', 'Visit', 'Nobody Asks'),
    total: fc.constantFrom(10, 60),
    page: fc.constantFrom('a', 'b', 'c'),
    city: fc.option(fc.constantFrom('上海', '北京'), { freq: 4 }),
  })
  .map(({ hour, name, total, page, city }) => ({ hour, name, properties: { total, page }, city }));
const handStep = fc.record({
  hour: fc.integer({ min: 0, max: 1900 }),
  op: fc.constantFrom('add' as const, 'remove' as const),
});

const life = fc
  .record({ events: fc.array(eventStep, { minLength: 1, maxLength: 60 }), hands: fc.array(handStep, { maxLength: 4 }) })
  .map(({ events, hands }): Step[] =>
    [
      ...events.map(({ hour, name, properties, city }, i): Step => {
        const identify = city !== null;
        const event: CustomerEvent = {
          id: `m${i}`,
          customer: 'c',
          name: identify ? '$identify' : name,
          type: identify ? 'identify' : 'track',
          at: iso(hour),
          received: iso(hour),
          properties: identify ? {} : properties,
          ...(identify ? { traits: { city } } : {}),
        };
        return { hour, event };
      }),
      ...hands.map(
        ({ hour, op }): Step => ({ hour, hand: { type: 'tag', op, key: 'vip', cause: 'amy', at: iso(hour) } }),
      ),
    ].sort((a, b) => a.hour - b.hour),
  );

/** As she lives it: every step at its hour, written and read in between. */
function lived(steps: readonly Step[], rulesAt: (hour: number) => typeof LATER): CustomerState {
  let state = emptyState('c');
  for (const { hour, event, hand } of steps) {
    const input = event === undefined ? (hand as Hand) : { type: 'event' as const, event };
    state = stateFromText('c', stateToText(advance(state, [input], rulesAt(hour), iso(hour)).state));
  }
  return advance(state, [{ type: 'time' }], rulesAt(2000), NOW).state;
}

const kept = (steps: readonly Step[], complete = true) => ({
  events: steps.flatMap(({ event }) => event ?? []),
  hands: steps.flatMap(({ hand }) => hand ?? []),
  complete,
});
const observable = ({ tags, segments, traits, dueAt, firstSeenAt, lastSeenAt }: CustomerState) => ({
  tags: Object.fromEntries(Object.entries(tags).sort(([a], [b]) => (a < b ? -1 : 1))),
  segments,
  traits,
  dueAt,
  firstSeenAt,
  lastSeenAt,
});
const laterOn = (state: CustomerState, hours: number) =>
  observable(advance(stateFromText('c', stateToText(state)), [{ type: 'time' }], LATER, iso(2000 + hours)).state);

describe('folding anew', { timeout: 120_000 }, () => {
  test('gives the same as having had the rules from the start, now and later', () => {
    fc.assert(
      fc.property(life, fc.integer({ min: 0, max: 2000 }), (steps, published) => {
        const truth = lived(steps, () => LATER);
        const late = lived(steps, (hour) => (hour < published ? EARLIER : LATER));
        const { state, changes } = refold(late, kept(steps), LATER, EARLIER, CAUSE, NOW);
        expect(observable(state)).toEqual(observable(truth));
        for (const hours of [30, 400]) expect(laterOn(state, hours)).toEqual(laterOn(truth, hours));
        const told = new Set(Object.keys(late.tags));
        for (const change of changes) {
          if (change.type !== 'tag') continue;
          if (change.op === 'added') told.add(change.key);
          else told.delete(change.key);
        }
        expect([...told].sort()).toEqual(Object.keys(truth.tags).sort());
        expect(refold(state, kept(steps), LATER, EARLIER, CAUSE, NOW).changes).toEqual([]);
      }),
      { numRuns: Number(process.env['FC_RUNS'] ?? 150) },
    );
  });

  test('of thousands of events is the same as taking them one by one', () => {
    const steps = Array.from({ length: 1500 }, (_, i): Step => {
      const event: CustomerEvent = {
        id: `m${i}`,
        customer: 'c',
        name: i % 7 === 0 ? 'Order' : 'Visit',
        type: 'track',
        at: iso(i),
        received: iso(i),
        properties: { total: 1, page: `p${i % 5}` },
      };
      return { hour: i, event };
    });
    const { state } = refold(emptyState('c'), kept(steps), LATER, EARLIER, CAUSE, NOW);
    expect(observable(state)).toEqual(observable(lived(steps, () => LATER)));
  });

  test('a customer whose early orders are no longer kept keeps what rules that stayed know, and new rules know the rest', () => {
    const order = (hour: number): Step => ({
      hour,
      event: {
        id: `o${hour}`,
        customer: 'c',
        name: 'Order',
        type: 'track',
        at: iso(hour),
        received: iso(hour),
        properties: { total: 60 },
      },
    });
    const identify: Step = {
      hour: 1,
      event: {
        ...(order(1).event as CustomerEvent),
        id: 'i',
        name: '$identify',
        type: 'identify',
        properties: {},
        traits: { city: '上海' },
      },
    };
    const steps = [identify, ...[10, 20, 30, 40].map(order)];
    const four = tag('four', { when: often(4) });
    const before = compileRuleset(ruleset(1, [four]));
    const now = compileRuleset(
      ruleset(2, [
        four,
        tag('three', { when: often(3) }),
        tag('two', { when: often(2) }),
        tag('here', { when: { trait: { path: 'city', op: 'eq', value: '上海' } } }),
      ]),
    );
    const state = lived(steps, () => before);
    expect(Object.keys(state.tags)).toEqual(['four']);
    const partly = refold(state, kept(steps.slice(3), false), now, before, CAUSE, NOW);
    expect(Object.keys(partly.state.tags).sort()).toEqual(['four', 'here', 'two']);
    expect(partly.state.tags['four']?.since).toBe(iso(40));
    expect(partly.state).toMatchObject({ firstSeenAt: iso(1), traits: { city: '上海' } });
    const whole = refold(state, kept(steps), now, before, CAUSE, NOW);
    expect(Object.keys(whole.state.tags).sort()).toEqual(['four', 'here', 'three', 'two']);
  });
});
