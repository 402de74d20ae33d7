import { expect, test } from 'vitest';
import { emptyJourney, graphOf } from '../../journey/index.ts';
import { BY_KEY } from '../../rules/index.ts';
import { message } from './index.ts';

const graph = graphOf(emptyJourney('j', 'J'));
const base = { channel: 'inbox', body: 'x', byResult: true };

test('a message that was held back leaves by "not sent"', () => {
  expect(message.after!(base, [{ type: 'send', outcome: 'done' }])).toBe('sent');
  expect(message.after!(base, [{ type: 'send', outcome: 'skipped', reason: 'unsubscribed' }])).toBe('not-sent');
  expect(message.after!({ ...base, byResult: false }, [{ type: 'send', outcome: 'skipped', reason: 'x' }])).toBe(
    'next',
  );
});

test('a text that is not Liquid is told with its place', () => {
  const found = message.check!({ ...base, body: 'hello\n{{ user.name | shout }}' }, graph, 'm');
  expect(found).toHaveLength(1);
  expect(found[0]).toMatchObject({ code: 'template-invalid', node: 'm', field: 'config.body', severity: 'error' });
  expect(found[0]!.message.en).toMatch(/line 2/);
  expect(message.check!({ ...base, title: '{% if %}', body: 'fine' }, graph, 'm')[0]).toMatchObject({
    field: 'config.title',
  });
});

test('an unknown channel is refused', () => {
  expect(message.config.safeParse({ ...base, channel: 'pigeon' }).success).toBe(false);
});

test('the card shows the channel and the first words', () => {
  expect(message.face.summary({ ...base, body: '你好呀\n第二行' }, 'zh', BY_KEY)).toBe('站内信箱 · 你好呀');
});

test('the card reads like the message, not like its template', () => {
  const card = (body: string, language: 'zh' | 'en' = 'zh') =>
    message.face.summary({ ...base, body }, language, BY_KEY);
  expect(card("{{ user.firstName | default: '朋友' }}，你好~")).toBe('站内信箱 · 朋友，你好~');
  expect(card('{{ user.name | upcase | default: "friend" }}, hi', 'en')).toBe('Inbox · friend, hi');
  expect(card('{{ user.name }}，{{ event.properties.coat_size }} 码到了')).toBe(
    '站内信箱 · ‹姓名›，‹coat_size› 码到了',
  );
  expect(card('Hi {{- user.city -}}!', 'en')).toBe('Inbox · Hi ‹city›!');
  expect(card('{% if user.city %}\n{{ user.city }}见{% endif %}\n第二行')).toBe('站内信箱 · ‹城市›见');
  expect(message.face.summary({ ...base, title: '{{ user.name | default: "你" }}的券' }, 'zh', BY_KEY)).toBe(
    '站内信箱 · 你的券',
  );
  expect(card("哈喽{{ user.nickname | default: user.name | default: '' }}~领{{ coupon.amount | default: 10 }}元")).toBe(
    '站内信箱 · 哈喽‹昵称›~领10元',
  );
  expect(card("{{ user.nickname | default: user.name | default: '亲' }}，在吗")).toBe('站内信箱 · 亲，在吗');
  // Half typed: shown as it is rather than not at all.
  expect(card('Hi {{ user.na', 'en')).toBe('Inbox · Hi {{ user.na');
});
