import { expect, test } from 'vitest';
import { sampleFacts } from '../sample-facts.ts';
import { branch } from './index.ts';

test('the answer says why', () => {
  const decision = branch.decide!({ branches: [{ id: 'a', when: { tag: '老客' } }] }, sampleFacts());
  expect(decision).toMatchObject({ type: 'go', outlet: 'else' });
  expect(decision).toHaveProperty('why.zh');
  expect(decision).toHaveProperty('why.en');
});

test('it asks for all events that any of its conditions looks at, as far back as the furthest', () => {
  const needs = branch.eventNeeds!({
    branches: [
      { id: 'a', when: { did: { event: 'Order Completed', within: 'P7D' } } },
      { id: 'b', when: { did: { event: 'Product Viewed', within: 'P30D' } } },
    ],
  });
  expect(needs).toEqual({ names: ['Order Completed', 'Product Viewed'], within: 'P30D' });
  expect(branch.eventNeeds!({ branches: [{ id: 'a', when: { tag: '老客' } }] })).toBeUndefined();
});

test('a condition with an operator that does not exist is refused', () => {
  expect(branch.config.safeParse({ branches: [{ id: 'a', when: { maybe: 1 } }] }).success).toBe(false);
});
