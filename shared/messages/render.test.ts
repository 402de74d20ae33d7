import { describe, expect, test } from 'vitest';
import { CHANNELS, type MessageContext, render, templateFault } from './index.ts';

const context: MessageContext = {
  user: { id: 'u-1', nickname: '小林', phone: '13812345678', tags: ['高客单'], secret: { deep: 1 } },
  event: { name: 'Product Viewed', properties: { product_name: '抗衰面霜', list: ['a', 'b'] } },
  journey: { id: 'j', name: '旅程' },
  coupon: { amount: 8, expires_at: '2026-03-09T16:30:00Z' },
};
const moment = { now: '2026-03-02T18:00:00.000Z', zone: 'Asia/Shanghai' };
const say = (body: string, title?: string) =>
  render({ body, ...(title !== undefined && { title }) }, context, moment, CHANNELS.inbox);
const body = (text: string): string => {
  const message = say(text);
  if (!message.ok) throw new Error(message.reason);
  return message.body;
};

describe('a template', () => {
  test('speaks of the customer, the event and the coupon, with what to say when something is not known', () => {
    expect(body("哈喽{{ user.nickname | default: '朋友' }}")).toBe('哈喽小林');
    expect(body("{{ user.name | default: '朋友' }}你好")).toBe('朋友你好');
    expect(body('您关注的{{ event.properties.product_name }}')).toBe('您关注的抗衰面霜');
    expect(body("{% if user.tags contains '高客单' %}VIP 专享{% endif %}。")).toBe('VIP 专享。');
  });

  test('writes money, hides numbers, counts bytes', () => {
    expect(body('立减{{ coupon.amount | money }}')).toBe('立减¥8');
    expect(body("{{ 1234567.5 | money: '$' }}")).toBe('$1,234,567.50');
    expect(body('{{ user.phone | mask_phone }}')).toBe('138****5678');
    expect(body("{{ '春天来了' | truncate_bytes: 7 }}")).toBe('春天');
    expect(body('[{{ nothing | money }}{{ nothing | mask_phone }}]')).toBe('[]');
  });

  test('dates are those of the customer’s zone, and now is the moment of sending', () => {
    expect(body("{{ coupon.expires_at | date: '%m月%d日' }}")).toBe('03月10日');
    expect(body("{{ coupon.expires_at | date: '%m-%d', 'UTC' }}")).toBe('03-09');
    expect(body("{{ 'now' | date: '%Y-%m-%d %H:%M' }}")).toBe('2026-03-03 02:00');
  });

  test('may give the message up, with a reason', () => {
    expect(say("{% unless user.name %}{% abort_message '没有姓名' %}{% endunless %}你好")).toEqual({
      ok: false,
      reason: 'aborted',
      words: { zh: '没有姓名', en: '没有姓名' },
    });
    expect(say('{% abort_message %}')).toMatchObject({ ok: false, reason: 'aborted' });
  });
});

describe('what a template cannot do', () => {
  test('is told as a reason, never thrown', () => {
    expect(say('{{ user.nickname | shout }}')).toMatchObject({ ok: false, reason: 'template-failed' });
    expect(say('{{ user.nickname')).toMatchObject({ ok: false, reason: 'template-failed' });
    expect(say("{% include 'package.json' %}")).toMatchObject({ ok: false, reason: 'template-failed' });
    expect(say("{% render '../secret' %}")).toMatchObject({ ok: false, reason: 'template-failed' });
  });

  test('reach behind its data', () => {
    expect(body('[{{ user.constructor }}{{ user.tags.constructor.name }}{{ user.__proto__ }}]')).toBe('[]');
  });

  test('eat all memory or time', () => {
    expect(say('{% for i in (1..100000000) %}x{% endfor %}')).toMatchObject({ ok: false, reason: 'template-failed' });
  });

  test('say nothing, or more than the channel takes', () => {
    expect(say('  {{ nothing }} ')).toMatchObject({ ok: false, reason: 'empty-message' });
    expect(say('长'.repeat(1334))).toMatchObject({ ok: false, reason: 'too-long' });
    expect(say('长'.repeat(1333))).toMatchObject({ ok: true });
    expect(say('x', '长'.repeat(101))).toMatchObject({ ok: false, reason: 'too-long' });
  });
});

test('a fault is told with its place', () => {
  expect(templateFault('fine {{ user.name }}')).toBeUndefined();
  expect(templateFault('one\ntwo {{ user.name | shout }}')).toMatchObject({ line: 2 });
  expect(templateFault('{% if a %}never closed')).toMatchObject({ line: 1 });
  expect(templateFault('{% abort_message %}')).toBeUndefined();
});
