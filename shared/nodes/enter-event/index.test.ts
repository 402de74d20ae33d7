import { expect, test } from 'vitest';
import { matchesTrigger } from '../../journey/triggers/index.ts';
import { enterEvent } from './index.ts';

const order = (total: number) => ({
  type: 'event' as const,
  event: {
    id: 'm',
    customer: 'u',
    name: 'Order Completed',
    type: 'track' as const,
    at: '2026-03-01T00:00:00.000Z',
    received: '2026-03-01T00:00:00.000Z',
    properties: { total },
  },
});

test('a large order lets a customer in, a small one does not', () => {
  const trigger = enterEvent.entry!({
    event: 'Order Completed',
    where: [{ path: 'properties.total', op: 'gte', value: 500 }],
  });
  expect(matchesTrigger(trigger, order(500))).toBe(true);
  expect(matchesTrigger(trigger, order(499))).toBe(false);
});

test('a filter of an unknown comparison is refused when it is read', () => {
  expect(
    enterEvent.config.safeParse({ event: 'A', where: [{ path: 'properties.total', op: 'about', value: 1 }] }).success,
  ).toBe(false);
});
