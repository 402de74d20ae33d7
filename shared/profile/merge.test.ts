import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CustomerEvent } from '../events/index.ts';
import { compileRuleset, type Ruleset } from '../tags/index.ts';
import { advance } from './advance.ts';
import { mergeHalves } from './merge.ts';
import type { ProfileInput } from './profile.ts';
import { type CustomerState, emptyState } from './state.ts';
import { stateFromText, stateToText } from './state-text.ts';

const words = (text: string) => ({ zh: text, en: text });
const tag = (key: string, more: object) => ({ key, name: words(key), category: 'behaviour', ...more });
const twice = { did: { event: 'Order', count: { op: 'gte', value: 2 } } };
const RULES: Ruleset = {
  version: 1,
  zone: 'Asia/Shanghai',
  groups: [{ id: 'level', name: words('level'), levels: ['new', 'regular'] }],
  tags: [
    tag('new', { group: 'level', when: { did: { event: 'Order' } } }),
    tag('regular', { group: 'level', when: twice }),
    tag('busy', { when: { did: { event: 'Visit', within: 'PT2H', count: { op: 'gte', value: 2 } } } }),
    tag('was-busy', {
      sticky: true,
      when: { did: { event: 'Visit', within: 'PT2H', count: { op: 'gte', value: 2 } } },
    }),
    tag('silent', { when: { silent: { for: 'P1D' } } }),
    tag('spender', { when: { sum: { event: 'Order', of: 'properties.total', op: 'gte', value: 100 } } }),
    tag('seen', {
      family: { by: 'properties.product', bound: 3 },
      when: { did: { event: 'Visit', by: 'properties.product' } },
    }),
    tag('in-shanghai', { when: { trait: { path: 'city', op: 'eq', value: '上海' } } }),
    tag('friend', { manual: true }),
    tag('courted', { manual: true, ttl: 'P3D' }),
  ] as Ruleset['tags'],
};
const rules = compileRuleset(RULES);
const NOW = '2026-03-03T00:00:00.000Z';
const CAUSE = { by: 'merge' as const, ref: 'anonymous', depth: 0 };
const at = (minute: number) => new Date(Date.parse(NOW) - minute * 60_000).toISOString();

const event = (id: string, name: string, minute: number, more: Partial<CustomerEvent> = {}): CustomerEvent => ({
  id,
  customer: 'x',
  name,
  type: name === '$identify' ? 'identify' : 'track',
  at: at(minute),
  received: at(minute),
  properties: {},
  ...more,
});

/** As it lies in the table. */
const stored = (state: CustomerState): CustomerState => stateFromText(state.id, stateToText(state));
const lived = (
  id: string,
  events: readonly CustomerEvent[],
  more: readonly ProfileInput[] = [],
  from = emptyState(id),
) =>
  stored(advance(from, [...events.map((one) => ({ type: 'event' as const, event: one })), ...more], rules, NOW).state);
const half = (state: CustomerState, events: readonly CustomerEvent[], complete = true) => ({ state, events, complete });
const merged = (a: ReturnType<typeof half>, b: ReturnType<typeof half>, stage?: CustomerState['stage']) =>
  mergeHalves(a, b, stage, CAUSE, rules, NOW);
const byHand = (key: string) => ({ type: 'tag' as const, op: 'add' as const, key, cause: 'ling' });

const drafts = fc.array(
  fc.record({
    mine: fc.boolean(),
    name: fc.constantFrom('Order', 'Visit', '$identify'),
    minute: fc.integer({ min: 0, max: 4000 }),
    value: fc.integer({ min: 0, max: 5 }),
  }),
  { maxLength: 40 },
);

describe('two profiles that are one customer’s', () => {
  it('come out as if she had had one id from the beginning, whichever is merged into which', () => {
    fc.assert(
      fc.property(drafts, (list) => {
        const all = list.map(({ mine, name, minute, value }, index) => ({
          mine,
          event: event(`m${index}`, name, minute, {
            properties: { total: value * 20, product: `p${value}` },
            ...(name === '$identify' ? { traits: { city: ['上海', '杭州'][value % 2], [`t${value}`]: index } } : {}),
          }),
        }));
        const sideOf = (mine: boolean) => all.filter((one) => one.mine === mine).map((one) => one.event);
        const whole = lived(
          'x',
          all.map((one) => one.event),
        );
        const a = half(lived('x', sideOf(true)), sideOf(true));
        const b = half(lived('x', sideOf(false)), sideOf(false));
        for (const { state } of [merged(a, b), merged(b, a)]) {
          const { memory: _, ...seen } = stored(state);
          const { memory: __, ...wanted } = whole;
          expect(seen).toEqual(wanted);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('tell what is true of both together as news, and what one of them had as taken over', () => {
    const browsed = [event('a', 'Visit', 300), event('b', 'Visit', 290), event('c', 'Order', 280)];
    const bought = [event('d', 'Order', 100)];
    const { state, news, taken } = merged(half(lived('mei', bought), bought), half(lived('anon', browsed), browsed));
    expect(Object.keys(state.tags).sort()).toEqual(['regular', 'was-busy']);
    const say = (list: readonly object[]) =>
      list.map((one) => `${(one as { op: string }).op} ${(one as { key: string }).key}`);
    expect(say(news)).toEqual(['removed new', 'added regular']);
    expect(say(taken)).toEqual(['added was-busy']);
    expect(news[1]).toMatchObject({ at: NOW, evidence: ['c', 'd'], cause: CAUSE });
    expect(state.tags['was-busy']?.since).toBe(at(290));
  });

  it('keep tags that people have set, with their dates, and what ends by time ends', () => {
    const visit = [event('a', 'Visit', 300)];
    const friend = lived('anon', visit, [byHand('friend'), byHand('courted'), byHand('of our own')]);
    const { state, dueAt } = merged(
      half(lived('mei', [event('b', 'Visit', 2)]), [event('b', 'Visit', 2)]),
      half(friend, visit),
    );
    expect(state.tags).toMatchObject({
      friend: { manual: true, since: NOW },
      courted: { manual: true, until: '2026-03-06T00:00:00.000Z' },
      'of our own': { manual: true },
    });
    expect(dueAt).toBe('2026-03-03T23:58:00.000Z');
    const later = advance(stored(state), [{ type: 'time' }], rules, '2026-03-07T00:00:00.000Z');
    expect(Object.keys(later.state.tags).sort()).toEqual(['friend', 'of our own', 'silent']);
    const taken = advance(stored(state), [{ ...byHand('friend'), op: 'remove' }], rules, NOW);
    expect(taken.state.tags['friend']).toBeUndefined();
  });

  it('of two hands on one exclusive group the later stays', () => {
    const groups: Ruleset = {
      ...RULES,
      tags: RULES.tags.map((one) => (one.group ? { ...one, manual: true } : one)) as Ruleset['tags'],
    };
    const own = compileRuleset(groups);
    const hand = (id: string, key: string, now: string) =>
      stored(advance(emptyState(id), [{ type: 'event', event: event(id, 'Visit', 500) }, byHand(key)], own, now).state);
    const early = half(hand('a', 'regular', at(200)), [event('a', 'Visit', 500)]);
    const late = half(hand('b', 'new', at(100)), [event('b', 'Visit', 500)]);
    for (const [x, y] of [
      [early, late],
      [late, early],
    ] as const) {
      expect(mergeHalves(x, y, undefined, CAUSE, own, NOW).state.tags).toMatchObject({ new: { manual: true } });
      expect(mergeHalves(x, y, undefined, CAUSE, own, NOW).state.tags['regular']).toBeUndefined();
    }
  });

  it('of a customer known for longer than events are kept her state stays and the other’s events come to it', () => {
    const old = lived('old', [
      event('a', 'Order', 3900, { properties: { total: 90 } }),
      event('i', '$identify', 3900, { traits: { city: '上海', name: '梅' } }),
    ]);
    const fresh = [
      event('b', 'Order', 10, { properties: { total: 20 } }),
      event('j', '$identify', 5, { traits: { city: '杭州' } }),
    ];
    const anonymous = lived('anon', fresh);
    for (const { state } of [
      merged(half(old, [], false), half(anonymous, fresh)),
      merged(half(anonymous, fresh), half(old, [], false)),
    ]) {
      expect(Object.keys(state.tags).sort()).toEqual(['regular', 'spender']);
      expect(state.traits).toEqual({ city: '杭州', name: '梅' });
      expect(state.firstSeenAt).toBe(at(3900));
    }
  });

  it('a sticky tag of a rule that has changed since is not lost', () => {
    const visits = [event('a', 'Visit', 300), event('b', 'Visit', 290)];
    const was = lived('anon', visits);
    const stricter = compileRuleset({
      ...RULES,
      version: 2,
      tags: RULES.tags.map((one) =>
        one.key === 'was-busy' ? { ...one, when: { did: { event: 'Never' } } } : one,
      ) as Ruleset['tags'],
    });
    const { state } = mergeHalves(half(lived('mei', []), []), half(was, visits), undefined, CAUSE, stricter, NOW);
    expect(state.tags['was-busy']).toMatchObject({ since: at(290), evidence: ['a', 'b'] });
  });
});
