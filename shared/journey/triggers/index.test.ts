import { expect, test } from 'vitest';
import {
  eventsOfTrigger,
  isTrueNow,
  matchesTrigger,
  segmentsOfTrigger,
  TRIGGERS,
  type Trigger,
  tagsOfTrigger,
  triggerSchema,
  triggerWords,
} from './index.ts';

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

test('a trigger knows what it speaks of, and whether it is so already', () => {
  const standing = { tags: { VIP: {} }, segments: { dormant: {} }, events: [event('A').event] };
  const happened = (trigger: Trigger) => [
    isTrueNow(trigger, standing),
    eventsOfTrigger(trigger),
    tagsOfTrigger(trigger),
  ];
  expect(happened({ type: 'event', event: ['A', 'B'] })).toEqual([true, ['A', 'B'], []]);
  expect(happened({ type: 'event', event: 'C' })).toEqual([false, ['C'], []]);
  expect(happened({ type: 'tagAdded', key: 'VIP' })).toEqual([true, [], ['VIP']]);
  expect(happened({ type: 'tagRemoved', key: 'VIP' })).toEqual([false, [], ['VIP']]);
  expect(happened({ type: 'segmentEntered', segment: 'dormant' })).toEqual([true, [], []]);
  expect(happened({ type: 'segmentLeft', segment: 'dormant' })).toEqual([false, [], []]);
  expect(segmentsOfTrigger({ type: 'segmentLeft', segment: 'dormant' })).toEqual(['dormant']);
});

test('every kind of trigger is registered under its type, and can be said', () => {
  for (const [type, kind] of Object.entries(TRIGGERS)) {
    expect(kind.type).toBe(type);
    expect(kind.label.zh && kind.label.en).toBeTruthy();
  }
  expect(triggerWords({ type: 'event', event: '*', except: ['A', 'B', 'C'] })).toEqual({
    zh: '任意事件（不含「A」「B」等 3 种）',
    en: 'any event (not “A”, “B” and 1 other)',
  });
  expect(triggerWords({ type: 'tagAdded', key: 'VIP' }).zh).toBe('打上标签「VIP」');
});
