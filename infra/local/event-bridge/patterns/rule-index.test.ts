import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { indexRules, matches, parsePattern } from './index.ts';

const leaf = fc.constantFrom('a', 'b', 1, 2, true, null);
const event = fc.record(
  {
    source: leaf,
    type: fc.oneof(leaf, fc.array(leaf, { maxLength: 3 })),
    detail: fc.oneof(
      fc.record({ x: leaf, y: leaf }, { requiredKeys: [] }),
      fc.array(fc.record({ x: leaf, y: leaf }, { requiredKeys: [] }), { maxLength: 3 }),
    ),
  },
  { requiredKeys: [] },
);
const test = fc.oneof(
  leaf,
  fc.constantFrom(
    { exists: true },
    { exists: false },
    { 'anything-but': ['a'] },
    { prefix: 'a' },
    { numeric: ['>', 1] },
  ),
);
const tests = fc.array(test, { minLength: 1, maxLength: 3 });
const pattern = fc
  .record(
    {
      source: tests,
      type: tests,
      detail: fc.record({ x: tests, y: tests }, { requiredKeys: ['x'] }),
      'detail.y': tests,
    },
    { requiredKeys: [] },
  )
  .filter((json) => Object.keys(json).length > 0);

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
    );
  });

  it('tries few rules however many there are', () => {
    let asked = 0;
    const rules = Array.from({ length: 300 }, (_, n) => {
      const parsed = parsePattern({ source: ['shop'], 'detail-type': ['track'], detail: { event: [`event ${n}`] } });
      return {
        name: n,
        get pattern() {
          asked++;
          return parsed;
        },
      };
    });
    const index = indexRules(rules);
    asked = 0;
    const found = index.find({ source: 'shop', 'detail-type': 'track', detail: { event: 'event 7' } });
    expect(found.map((rule) => rule.name)).toEqual([7]);
    expect(asked).toBe(1);
  });
});
