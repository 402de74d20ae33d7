import { expect, test } from 'vitest';
import { sampleFacts } from '../sample-facts.ts';
import { split } from './index.ts';

const three = {
  parts: [
    { id: 'a', percent: 50 },
    { id: 'b', percent: 30 },
    { id: 'c', percent: 20 },
  ],
};
const outletOf = (customer: string, nodeId = 'split-1') => {
  const facts = sampleFacts({ nodeId });
  const decision = split.decide!(three, { ...facts, customer: { ...facts.customer, id: customer } });
  return decision.type === 'go' ? decision.outlet : undefined;
};
const people = Array.from({ length: 10_000 }, (_, i) => `u-${i}`);

test('ten thousand customers fall into the parts as asked', () => {
  const counts = Map.groupBy(people, (id) => outletOf(id));
  expect(counts.get('a')!.length / 10_000).toBeCloseTo(0.5, 1);
  expect(counts.get('b')!.length / 10_000).toBeCloseTo(0.3, 1);
  expect(counts.get('c')!.length / 10_000).toBeCloseTo(0.2, 1);
});

test('the same customer always falls into the same part, and another split draws anew', () => {
  expect(people.slice(0, 100).map((id) => outletOf(id))).toEqual(people.slice(0, 100).map((id) => outletOf(id)));
  const moved = people.slice(0, 1000).filter((id) => outletOf(id, 'split-1') !== outletOf(id, 'split-2'));
  expect(moved.length).toBeGreaterThan(400);
});

test('parts that do not add up to a hundred are refused', () => {
  expect(
    split.config.safeParse({
      parts: [
        { id: 'a', percent: 50 },
        { id: 'b', percent: 49 },
      ],
    }).success,
  ).toBe(false);
});

test('a part of nothing takes nobody', () => {
  const none = {
    parts: [
      { id: 'a', percent: 0 },
      { id: 'b', percent: 100 },
    ],
  };
  for (const id of people.slice(0, 200)) {
    const facts = sampleFacts();
    expect(split.decide!(none, { ...facts, customer: { ...facts.customer, id } })).toMatchObject({ outlet: 'b' });
  }
});
