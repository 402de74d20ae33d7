import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { indexRules, matches, type Pattern, parsePattern } from './index.ts';

const leaf = fc.constantFrom(
  'a',
  'ab',
  'B',
  'shop.cn',
  '10.0.0.7',
  '2001:db8::1',
  '',
  'ß',
  'K',
  '\u212a',
  'İ',
  'shop.com',
  0,
  1,
  2.5,
  300,
  true,
  null,
);
const detail = fc.record(
  { x: leaf, y: fc.oneof(leaf, fc.array(leaf, { maxLength: 3 })), 'a.b': leaf },
  { requiredKeys: [] },
);
const event = fc.record(
  {
    source: leaf,
    type: fc.oneof(leaf, fc.array(leaf, { maxLength: 3 })),
    detail: fc.oneof(detail, fc.array(fc.oneof(detail, fc.array(detail, { maxLength: 2 })), { maxLength: 3 })),
    a: fc.record({ b: leaf }),
  },
  { requiredKeys: [] },
);
const test = fc.oneof(
  leaf,
  fc.constantFrom(
    { exists: true },
    { exists: false },
    { exactly: 'ab' },
    { 'anything-but': ['a'] },
    { 'anything-but': 1 },
    { 'anything-but': { prefix: ['a', 's'] } },
    { prefix: 'a' },
    { prefix: { 'equals-ignore-case': 'A' } },
    { suffix: 'b' },
    { suffix: { 'equals-ignore-case': 'b' } },
    { 'equals-ignore-case': 'b' },
    { 'equals-ignore-case': 'k' },
    { 'equals-ignore-case': 'SS' },
    { 'equals-ignore-case': 'ß' },
    { prefix: 'shop.c' },
    { prefix: '' },
    { suffix: 'op.cn' },
    { 'anything-but': { 'equals-ignore-case': 'AB' } },
    { wildcard: 'shop.*' },
    { wildcard: '*n' },
    { wildcard: 's*.c*n' },
    { wildcard: '*' },
    { cidr: '10.0.0.0/24' },
    { numeric: ['>', 1] },
    { numeric: ['<=', 1] },
    { numeric: ['<', 1] },
    { numeric: ['>', 0, '<=', 2.5] },
    { numeric: ['>', 0, '<', 1] },
    { numeric: ['>=', 0, '<', 300] },
    { numeric: ['=', 2.5] },
  ),
);
const tests = fc.array(test, { minLength: 1, maxLength: 3 });
const fields = fc.record(
  {
    source: tests,
    type: tests,
    detail: fc.record({ x: tests, y: tests }, { requiredKeys: ['x'] }),
    'detail.a.b': tests,
    a: fc.record({ b: tests }),
  },
  { requiredKeys: [] },
);
const some = fields.filter((json) => Object.keys(json).length > 0);
const pattern = fc.oneof(
  some,
  fc.record({ source: tests, $or: fc.array(some, { minLength: 2, maxLength: 3 }) }, { requiredKeys: ['$or'] }),
);

describe('the index of rules', () => {
  it('finds exactly the rules that trying each of them finds', () => {
    fc.assert(
      fc.property(fc.array(pattern, { maxLength: 12 }), fc.array(event, { maxLength: 8 }), (patterns, events) => {
        const rules = patterns.map((json, name) => ({ name, pattern: parsePattern(json) }));
        const index = indexRules(rules);
        for (const one of events) {
          const tried = rules.filter((rule) => matches(rule.pattern, one)).map((rule) => rule.name);
          const found = index.find(one).map((rule) => rule.name);
          expect(found.sort((a, b) => a - b)).toEqual(tried);
        }
      }),
      { numRuns: 300 },
    );
  });

  /** A pattern that counts how often one of its tests is asked. */
  function counted(json: object, asked: () => void): Pattern {
    const parsed = parsePattern(json);
    const ways = parsed.ways.map((way) =>
      way.map((condition) => ({
        ...condition,
        tests: condition.tests.map((one) => ({
          ...one,
          matches(value: Parameters<typeof one.matches>[0]) {
            asked();
            return one.matches(value);
          },
        })),
      })),
    );
    return { ...parsed, ways };
  }

  it.each([
    ['values', (n: number) => ({ detail: { event: [`event ${n}`] } }), { event: 'event 7' }],
    [
      'any case',
      (n: number) => ({ detail: { event: [{ 'equals-ignore-case': `EVENT ${n}` }] } }),
      { event: 'event 7' },
    ],
    ['beginnings', (n: number) => ({ detail: { event: [{ prefix: `event ${n} ` }] } }), { event: 'event 7 of many' }],
    ['endings', (n: number) => ({ detail: { event: [{ suffix: ` ${n}.` }] } }), { event: 'event 7.' }],
    [
      'wildcards',
      (n: number) => ({ detail: { event: [{ wildcard: `event-${n}-*-end` }] } }),
      { event: 'event-7-x-end' },
    ],
    ['ranges', (n: number) => ({ detail: { total: [{ numeric: ['>=', n, '<', n + 1] }] } }), { total: 7.5 }],
    ['networks', (n: number) => ({ detail: { ip: [{ cidr: `10.${n >> 8}.${n & 255}.0/24` }] } }), { ip: '10.0.7.9' }],
    ['alternatives', (n: number) => ({ detail: { $or: [{ a: [n] }, { b: [n] }] } }), { a: 7, b: -1 }],
    ['fields', (n: number) => ({ detail: { [`field-${n}`]: [{ exists: true }] } }), { 'field-7': 'there' }],
  ])('tries few rules however many differ by their %s', (_, make, detail) => {
    let asked = 0;
    const rules = Array.from({ length: 300 }, (_, n) => ({
      name: n,
      pattern: counted({ source: ['shop'], 'detail-type': [{ prefix: 'tr' }], ...make(n) }, () => asked++),
    }));
    const found = indexRules(rules).find({ source: 'shop', 'detail-type': 'track', detail });
    expect(found.map((rule) => rule.name)).toEqual([7]);
    // What led there need not be asked again, where it decides.
    expect(asked).toBeLessThanOrEqual(3);
  });
});
