import { expect, test } from 'vitest';
import type { CustomerEvent } from '../events/index.ts';
import { compileRuleset } from './compile-ruleset.ts';
import { lastConfirmed } from './last-confirmed.ts';

const words = { zh: 'x', en: 'x' };
const rules = compileRuleset({
  version: 1,
  zone: 'UTC',
  groups: [],
  tags: [
    { key: 'buyer', name: words, category: 'value', when: { did: { event: 'Order' } } },
    { key: 'city', name: words, category: 'basic', when: { trait: { path: 'city', op: 'eq', value: '上海' } } },
    {
      key: 'looked',
      name: words,
      category: 'behaviour',
      family: { by: 'properties.category', bound: 5, split: '-' },
      when: { did: { event: 'View' } },
    },
  ],
});
const event = (day: number, name: string, properties: object = {}): CustomerEvent => {
  const at = `2026-03-0${day}T00:00:00.000Z`;
  return { id: `m${day}`, customer: 'c', name, type: 'track', at, received: at, properties: { ...properties } };
};
const events = [event(5, 'Nothing'), event(4, 'View', { category: '护肤-抗衰' }), event(3, 'Order'), event(1, 'Order')];
const confirmed = (key: string) => lastConfirmed(key, '2026-03-02T00:00:00.000Z', events, rules).slice(8, 10);

test('a tag is confirmed by the newest event that its rule counts', () => {
  expect(confirmed('buyer')).toBe('03');
});

test('a value of a family by events of that value, a wider level by the finer ones', () => {
  expect([confirmed('looked:护肤-抗衰'), confirmed('looked:护肤'), confirmed('looked:奶粉')]).toEqual([
    '04',
    '04',
    '02',
  ]);
});

test('what no event confirms is confirmed by its coming, and so is a tag that the rules know no more', () => {
  expect([confirmed('city'), confirmed('gone')]).toEqual(['02', '02']);
});
