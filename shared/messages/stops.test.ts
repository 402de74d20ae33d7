import { expect, test } from 'vitest';
import type { CustomerEvent } from '../events/index.ts';
import { CHANNELS, contextOf, firstHold, prepareSend, type SendFacts, STOP_EVENTS, STOPS } from './index.ts';

const facts: SendFacts = {
  now: '2026-03-02T02:00:00.000Z',
  zone: 'Asia/Shanghai',
  enrolment: { status: 'active', sentBefore: false },
  customer: { id: 'u-1', traits: {}, tags: {} },
  channel: CHANNELS.inbox,
  events: [],
  transactional: false,
  caps: [],
  sent: [],
  ahead: [],
  planned: [],
};
const event = (name: string, at: string): CustomerEvent => ({
  id: `${name}-${at}`,
  customer: 'u-1',
  name,
  type: 'track',
  at,
  received: at,
  properties: {},
});
const context = { user: { id: 'u-1', tags: [] }, journey: { id: 'j', name: 'J' } };

test('where nothing stands in the way, the message is ready with its address', () => {
  expect(prepareSend(facts, { title: '你好', body: 'x' }, context)).toEqual({
    ok: true,
    title: '你好',
    body: 'x',
    address: 'u-1',
  });
});

test('a place that a more important journey waits for is left to it, and said so; what is free besides is taken', () => {
  const cap = (most: number) => ({ name: { zh: '所有客户', en: 'everybody' }, most, zone: 'Asia/Shanghai' });
  const waits = { ...facts, ahead: ['VIP 回访'] };
  expect(firstHold({ ...waits, caps: [cap(2)] })).toBeUndefined();
  expect(firstHold({ ...waits, caps: [] })).toBeUndefined();
  expect(firstHold({ ...waits, caps: [cap(1)], transactional: true })).toBeUndefined();
  expect(firstHold({ ...waits, caps: [cap(1)] })).toMatchObject({
    hold: 'capped',
    words: {
      zh: '频控：名额留给更重要的旅程「VIP 回访」，它的消息在等；2026-03-03 00:00 起可以再发',
      en: 'cap: the place is left to “VIP 回访”, which is more important and waits; free again from 2026-03-03 00:00',
    },
  });
  expect(firstHold({ ...waits, caps: [cap(1)], sent: [facts.now] })?.words.zh).toContain('已发 1 条');
});

test('an ended journey sends nothing, whatever else is true', () => {
  const ended = {
    ...facts,
    enrolment: { status: 'goal', sentBefore: false },
    events: [event('Unsubscribed', '2026-03-01T00:00:00.000Z')],
  };
  expect(firstHold(ended)?.hold).toBe('journey-ended');
});

test('who unsubscribed gets nothing until she subscribes again', () => {
  const no = event('Unsubscribed', '2026-03-01T00:00:00.000Z');
  const yes = event('Subscribed', '2026-03-01T09:00:00.000Z');
  expect(firstHold({ ...facts, events: [no] })?.hold).toBe('unsubscribed');
  expect(firstHold({ ...facts, events: [yes, no] })).toBeUndefined();
  expect(firstHold({ ...facts, events: [event('Subscribed', '2026-02-01T00:00:00.000Z'), no] })?.hold).toBe(
    'unsubscribed',
  );
  expect(firstHold({ ...facts, customer: { ...facts.customer, traits: { unsubscribed: true } } })?.hold).toBe(
    'unsubscribed',
  );
});

test('a no and a yes at the same moment is a no', () => {
  const at = '2026-03-01T00:00:00.000Z';
  expect(firstHold({ ...facts, events: [event('Subscribed', at), event('Unsubscribed', at)] })?.hold).toBe(
    'unsubscribed',
  );
});

test('who removed the contact gets nothing until she adds it again', () => {
  const gone = event('Contact Deleted', '2026-03-01T00:00:00.000Z');
  expect(firstHold({ ...facts, events: [event('Contact Added', '2026-02-01T00:00:00.000Z'), gone] })?.hold).toBe(
    'contact-deleted',
  );
  expect(firstHold({ ...facts, events: [gone, event('Contact Added', '2026-03-01T12:00:00.000Z')] })).toBeUndefined();
  expect(firstHold({ ...facts, customer: { ...facts.customer, traits: { suppressed: true } } })?.hold).toBe(
    'suppressed',
  );
});

test('the day of a no is told as her calendar has it', () => {
  const events = [event('Unsubscribed', '2026-03-01T20:00:00.000Z')];
  expect(firstHold({ ...facts, events })?.words).toEqual({
    zh: '客户已退订（2026-03-02）',
    en: 'the customer unsubscribed on 2026-03-02',
  });
  expect(firstHold({ ...facts, zone: 'America/New_York', events })?.words.zh).toBe('客户已退订（2026-03-01）');
  const gone = [event('Contact Deleted', '2026-03-01T20:00:00.000Z')];
  expect(firstHold({ ...facts, events: gone })?.words.zh).toBe('客户已删除好友（2026-03-02）');
});

test('a channel that cannot find her says so', () => {
  const channel = { ...CHANNELS.inbox, address: () => undefined };
  expect(prepareSend({ ...facts, channel }, { body: 'x' }, context)).toMatchObject({ ok: false, reason: 'no-address' });
});

test('every reason has words in both languages, and the events that stops look at are known', () => {
  const at = '2026-03-01T00:00:00.000Z';
  const worst = {
    ...facts,
    enrolment: { status: 'goal', sentBefore: true },
    channel: { ...CHANNELS.inbox, address: () => undefined },
    events: [event('Unsubscribed', at), event('Contact Deleted', at)],
    customer: { ...facts.customer, tags: { no: {} } },
    topics: ['x'],
    guards: [{ key: 'no', name: { zh: '不要', en: 'No' }, excludes: ['x'] }],
    caps: [{ name: { zh: '所有客户', en: 'everybody' }, most: 1, zone: facts.zone }],
    sent: [facts.now],
    planned: [{ name: { zh: '高价值', en: 'High value' }, channels: ['letter'] }],
  };
  for (const stop of STOPS) {
    const held = stop.check(worst);
    expect(held?.words.zh, stop.name).toMatch(/[\u4e00-\u9fff]/);
    expect(held?.words.en, stop.name).toMatch(/[a-z]/);
  }
  expect([...STOP_EVENTS].sort()).toEqual(['Contact Added', 'Contact Deleted', 'Subscribed', 'Unsubscribed']);
});

test('what a tag of hers excludes is not sent to her, and says by which tag and which topic', () => {
  const guards = [
    { key: 'no-cheap', name: { zh: '拒绝低价产品', en: 'Wants no cheap products' }, excludes: ['低价', '秒杀'] },
    { key: 'no-visits', name: { zh: '不接受上门服务', en: 'Wants no home visits' }, excludes: ['上门服务'] },
  ];
  const about = (...topics: string[]) => ({ ...facts, guards, topics });
  const she = { ...facts.customer, tags: { 'no-visits': {} } };
  expect(firstHold({ ...about('上门服务', '保养'), customer: she })).toEqual({
    hold: 'excluded',
    words: {
      zh: '被排斥点「不接受上门服务」拦下：内容涉及「上门服务」',
      en: 'excluded by “Wants no home visits”: the message is about “上门服务”',
    },
  });
  expect(firstHold({ ...about('低价'), customer: she })).toBeUndefined();
  expect(firstHold(about('上门服务'))).toBeUndefined();
  expect(firstHold({ ...facts, guards, customer: she })).toBeUndefined();
});

test('a template may speak of what the rule of a tag found', () => {
  const tags = { keen: { value: 'cream-01' }, old: {} };
  const hers = contextOf({ id: 'u-1', traits: {}, tags }, undefined, context.journey);
  expect(prepareSend(facts, { body: '还在看 {{ user.found["keen"] }} 吗' }, hers)).toMatchObject({
    body: '还在看 cream-01 吗',
  });
});
