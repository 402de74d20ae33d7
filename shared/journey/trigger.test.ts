import { expect, test } from 'vitest';
import { matchesTrigger, type Trigger, triggerSchema } from './index.ts';

const event = (name: string, properties = {}) => ({
  type: 'event' as const,
  event: {
    id: 'm',
    customer: 'u',
    name,
    type: 'track' as const,
    at: '2026-01-01T00:00:00.000Z',
    received: '2026-01-01T00:00:00.000Z',
    properties,
  },
});

test('one event, several, or any but some', () => {
  const any: Trigger = { type: 'event', event: '*', except: ['Order Refunded'] };
  expect(matchesTrigger({ type: 'event', event: 'A' }, event('A'))).toBe(true);
  expect(matchesTrigger({ type: 'event', event: ['B', 'A'] }, event('A'))).toBe(true);
  expect(matchesTrigger({ type: 'event', event: 'B' }, event('A'))).toBe(false);
  expect(matchesTrigger(any, event('A'))).toBe(true);
  expect(matchesTrigger(any, event('Order Refunded'))).toBe(false);
});

test('an event is no tag, and the coming of a tag not its going', () => {
  const tag = { type: 'tag' as const, op: 'removed' as const, key: '沉默7天' };
  expect(matchesTrigger({ type: 'tagRemoved', key: '沉默7天' }, tag)).toBe(true);
  expect(matchesTrigger({ type: 'tagAdded', key: '沉默7天' }, tag)).toBe(false);
  expect(matchesTrigger({ type: 'event', event: '*' }, tag)).toBe(false);
});

test('an unknown kind of trigger or comparison is refused when it is read', () => {
  expect(triggerSchema.safeParse({ type: 'moonrise' }).success).toBe(false);
  expect(
    triggerSchema.safeParse({ type: 'event', event: 'A', where: [{ path: 'a', op: 'like', value: 1 }] }).success,
  ).toBe(false);
});
