import { describe, expect, test } from 'vitest';
import { parseEvent } from './index.ts';

const NOW = '2026-11-20T08:30:00.000Z';
const envelope = { time: '2026-11-20T08:29:00Z' };
const message = {
  type: 'track',
  messageId: 'm1',
  userId: 'u1',
  event: 'Order Completed',
  timestamp: '2026-11-20T16:29:58.120+08:00',
  properties: { total: 9.5 },
};

const parse = (change: Record<string, unknown>) => parseEvent({ ...message, ...change }, envelope, NOW);
const eventOf = (change: Record<string, unknown>) => {
  const parsed = parse(change);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.diagnostics));
  return parsed.event;
};

describe('a message of the Segment spec', () => {
  test('becomes an event with its time in UTC', () => {
    expect(eventOf({})).toEqual({
      id: 'm1',
      customer: 'u1',
      name: 'Order Completed',
      type: 'track',
      at: '2026-11-20T08:29:58.120Z',
      received: NOW,
      properties: { total: 9.5 },
    });
  });

  test('of another type is named after it, and carries its traits', () => {
    expect(eventOf({ type: 'identify', event: undefined, traits: { city: '上海' } })).toMatchObject({
      name: '$identify',
      traits: { city: '上海' },
    });
    expect(eventOf({ type: 'page' }).name).toBe('$page');
  });

  test('without a userId belongs to its anonymousId', () => {
    expect(eventOf({ userId: null, anonymousId: 'a1' }).customer).toBe('a1');
  });

  test('has the corrected time, else the original one, else that of the envelope', () => {
    expect(eventOf({ originalTimestamp: '2020-01-01T00:00:00Z' }).at).toBe('2026-11-20T08:29:58.120Z');
    expect(eventOf({ timestamp: undefined, originalTimestamp: '2026-11-20T08:00:00Z' }).at).toBe(
      '2026-11-20T08:00:00.000Z',
    );
    expect(eventOf({ timestamp: undefined }).at).toBe('2026-11-20T08:29:00.000Z');
  });

  test('says by which campaign’s link she came, unless it names a channel of its own', () => {
    const channelOf = (more: object) =>
      eventOf({ context: { campaign: { source: 'wechat' } }, ...more }).properties['channel'];
    expect(channelOf({})).toBe('wechat');
    expect(channelOf({ properties: null })).toBe('wechat');
    expect(channelOf({ properties: { channel: 'live' } })).toBe('live');
    expect(channelOf({ context: { campaign: { source: 7 } } })).toBeUndefined();
  });

  test('may be five minutes ahead of us, not more', () => {
    expect(eventOf({ timestamp: '2026-11-20T08:35:00Z' }).at).toBe('2026-11-20T08:35:00.000Z');
    expect(eventOf({ timestamp: '2026-11-20T08:35:00.001Z' }).at).toBe(NOW);
  });
});

const MISTAKES: [string, Record<string, unknown>, string, string | undefined][] = [
  ['nobody', { userId: undefined }, 'event-no-customer', 'userId'],
  ['no id', { messageId: undefined }, 'event-field-missing', 'messageId'],
  ['no name', { event: undefined }, 'event-no-name', 'event'],
  ['a type of its own', { type: 'tracked' }, 'event-field-value', 'type'],
  ['a date without time', { timestamp: '2026-11-20' }, 'event-field-format', 'timestamp'],
  ['properties that are a list', { properties: [1] }, 'event-field-type', 'properties'],
  ['a number for an id', { userId: 17 }, 'event-field-type', 'userId'],
  ['more than 200 KB', { properties: { note: '长'.repeat(70_000) } }, 'event-too-large', undefined],
];

test.each(MISTAKES)('a message with %s is refused with the place and the next step', (_, change, code, field) => {
  const parsed = parse(change);
  if (parsed.ok) throw new Error('It was let through');
  const found = parsed.diagnostics.find((diagnostic) => diagnostic.code === code);
  expect([code, found?.field]).toEqual([parsed.diagnostics[0]?.code, field]);
  expect(found?.message.zh).toMatch(/[\u4e00-\u9fff].*。$/);
  expect(found?.next.en).toMatch(/\.$/);
});

test.each([['text'], [null], [17], [[]]])('what is no object at all is refused: %j', (detail) => {
  expect(parseEvent(detail, envelope, NOW)).toMatchObject({ ok: false, diagnostics: [{ code: 'event-field-type' }] });
});
