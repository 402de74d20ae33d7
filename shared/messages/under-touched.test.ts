import { expect, it } from 'vitest';
import type { Ruleset } from '../tags/index.ts';
import { underTouched } from './under-touched.ts';

const NOW = '2026-03-31T12:00:00.000Z';
const ago = (days: number) => new Date(Date.parse(NOW) - days * 86_400_000).toISOString();
const ruleset: Ruleset = { version: 1, zone: 'Asia/Shanghai', groups: [], tags: [] };
const regular = { traits: {}, tags: { 老客: {} }, segments: {}, firstSeenAt: ago(90), sent: [], events: [] };
const hints = (her: object) =>
  underTouched(ruleset, { ...regular, ...her }, NOW).map(({ name, count, least }) => `${name.zh} ${count}/${least}`);

it('a regular customer whom we wrote once this week hears too little; with two she does not', () => {
  expect(hints({ sent: [ago(1), ago(20)] })).toEqual(['老客 1/2']);
  expect(hints({ sent: [ago(1), ago(3)] })).toEqual([]);
  expect(hints({ sent: [ago(1), ago(7)] })).toEqual(['老客 1/2']);
});

it('a silent one is written to once a month at least, and that number is hers alone', () => {
  expect(hints({ tags: { 老客: {}, 沉默15天: {} }, sent: [ago(31)] })).toEqual(['沉默客户 0/1']);
  expect(hints({ tags: { 老客: {}, 沉默15天: {} }, sent: [ago(29)] })).toEqual([]);
});

it('who came only lately, of whom nothing is known, or who wants no messages is none of them', () => {
  expect(hints({ firstSeenAt: ago(6) })).toEqual([]);
  expect(hints({ firstSeenAt: undefined })).toEqual([]);
  expect(hints({ traits: { unsubscribed: true } })).toEqual([]);
  expect(hints({ events: [{ name: 'Contact Deleted', at: ago(3) }] })).toEqual([]);
  expect(
    hints({
      events: [
        { name: 'Unsubscribed', at: ago(3) },
        { name: 'Subscribed', at: ago(2) },
      ],
    }),
  ).toEqual(['老客 0/2']);
  expect(hints({ tags: {} })).toEqual([]);
});

it('says it in both languages', () => {
  const [hint] = underTouched(ruleset, { ...regular, sent: [ago(1)] }, NOW);
  expect(hint!.why).toEqual({
    zh: '7 天内发过 1 条，少于「老客」希望的 2 条',
    en: '1 message in 7 days, fewer than the 2 meant for “Regular customers”',
  });
});
