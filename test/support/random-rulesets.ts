/** Random rulesets with every operator, and random histories that they have something to say about. */
import fc from 'fast-check';
import type { CustomerEvent } from '../../shared/events/index.ts';
import type { Condition } from '../../shared/rules/index.ts';
import type { Ruleset, TagDefinition } from '../../shared/tags/index.ts';
import type { ByHand } from './naive-tags.ts';

export const HOUR = 3_600_000;
/** Eight hours ahead, so that calendar days are not those of UTC. */
export const AHEAD = 8;
export const ZONE = 'Asia/Shanghai';
export const START = Date.UTC(2026, 0, 1);
export const END = START + 320 * HOUR;
export const iso = (ms: number): string => new Date(ms).toISOString();

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
    .record({ filter, by: filter, within: some(span) })
    .map(
      ({ filter, by, within }) =>
        ({ unanswered: clean({ ...filter, by, same: 'properties.product', within }) }) as unknown as Condition,
    ),
  fc
    .record({
      filter,
      is: fc.constantFrom(
        [{ path: 'properties.product', op: 'in' as const, value: ['a', 'c'] }],
        [{ path: 'properties.total', op: 'lt' as const, value: 10 }],
      ),
    })
    .map(({ filter, is }) => ({ first: { ...filter, is } }) as Condition),
  fc
    .record({ filter, which: fc.constantFrom('first', 'last'), op: fc.constantFrom('gte', 'lt'), for: span })
    .map((config) => ({ since: clean({ ...config.filter, ...config, filter: undefined }) }) as unknown as Condition),
  fc
    .record({
      filter,
      measure: fc.constantFrom('sum', 'avg', 'count'),
      within: some(span),
      from: fc.constantFrom(0, 50),
      threshold: some(fc.constantFrom(0.3, 2, 10.05, 20.2)),
    })
    .map(
      ({ filter, ...config }) =>
        ({ percentile: clean({ ...filter, of: 'properties.total', ...config }) }) as unknown as Condition,
    ),
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

export const { condition } = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { depthSize: 'small', maxDepth: 4, withCrossShrink: true },
    leaf,
    fc.array(tie('condition'), { minLength: 1, maxLength: 3 }).map((all) => ({ all })),
    fc.array(tie('condition'), { minLength: 1, maxLength: 3 }).map((any) => ({ any })),
    tie('condition').map((not) => ({ not })),
  ),
}));

export const words = (text: string) => ({ zh: text, en: text });

/** All that may be said of a tag besides its rule. */
const more = fc.record({
  sticky: fc.option(fc.constant(true as const), { nil: undefined, freq: 3 }),
  ttl: fc.option(span, { nil: undefined, freq: 3 }),
});

/**
 * t0..t2 alone, some sticky, some with a time to live; f a family; g0..g2 an exclusive group; s a segment; d0, d1 look at others.
 * Written in the order of dependencies. t0 and the group may be set by hand besides.
 */
export const ruleset: fc.Arbitrary<Ruleset> = fc
  .record({
    plain: fc.array(fc.record({ when: condition, more }), { minLength: 1, maxLength: 3 }),
    family: some(
      fc.record({ when: leafOfFamily(), more, bound: fc.integer({ min: 1, max: 3 }), split: some(fc.constant('-')) }),
    ),
    group: fc.array(fc.record({ when: condition, more }), { minLength: 2, maxLength: 3 }),
    segment: some(condition),
    derived: fc.array(
      fc.record({
        looks: fc.constantFrom('t0', 'f', 'f:a', 'g0', 'g1', 's'),
        with: condition,
        not: fc.boolean(),
        more,
      }),
      { maxLength: 2 },
    ),
  })
  .map(({ plain, family, group, segment, derived }) => {
    const looked = (key: string): Condition => {
      if (key === 's') return segment === undefined ? { tag: 't0' } : { segment: key };
      return { tag: family === undefined && key.startsWith('f') ? 't0' : key };
    };
    const tags: TagDefinition[] = [
      ...plain.map(({ when, more }, i) => tag(`t${i}`, when, i === 0 ? { ...more, manual: true } : more)),
      ...(family === undefined
        ? []
        : [
            tag('f', family.when, {
              ...family.more,
              family: clean({ by: 'properties.product', bound: family.bound, split: family.split }),
            }),
          ]),
      ...group.map(({ when, more }, i) => tag(`g${i}`, when, { ...more, group: 'g', manual: true })),
      ...derived.map(({ looks, with: other, not, more }, i) =>
        tag(`d${i}`, { all: [not ? { not: looked(looks) } : looked(looks), other] }, more),
      ),
    ];
    return {
      version: 1,
      zone: ZONE,
      groups: [{ id: 'g', name: words('g'), levels: group.map((_, i) => `g${i}`) }],
      tags,
      segments: segment === undefined ? [] : [{ id: 's', name: words('s'), goal: words('s'), when: segment }],
    };
  });

/** Families see their own events only, so it is no matter which of the operators about events it is. */
function leafOfFamily(): fc.Arbitrary<Condition> {
  return leaf.filter((part) => !['age', 'region', 'trait', 'percentile'].includes(Object.keys(part)[0] as string));
}

const tag = (key: string, when: Condition, more: Partial<TagDefinition>): TagDefinition =>
  clean({ key, name: words(key), category: 'behaviour', when, ...more });

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
        { total: fc.constantFrom(0.1, 0.2, 10, 10.1, 30), product: fc.constantFrom('a', 'b', 'c', 'a-x') },
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

export const history = fc.array(happened, { minLength: 1, maxLength: 14 }).map((list) =>
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

/** Tags that are set and taken by hand in the meantime. */
export const byHand: fc.Arbitrary<ByHand[]> = fc.array(
  fc
    .record({ hour, op: fc.constantFrom('add' as const, 'remove' as const), key: fc.constantFrom('t0', 'g0', 'g1') })
    .map(({ hour, ...hand }) => ({ at: START + hour * HOUR, ...hand })),
  { maxLength: 3 },
);

function clean<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as T;
}
