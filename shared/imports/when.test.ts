import { expect, it } from 'vitest';
import { readNumber } from './cells.ts';
import { readDay, readWhen } from './when.ts';

const LATEST = '2026-11-20T08:00:00.000Z';
const at = (text: string) => {
  const when = readWhen(text, 'Asia/Shanghai', LATEST);
  return when.ok ? when.at : when.why;
};

it.each([
  ['2026-01-05T13:04:00+08:00', '2026-01-05T05:04:00.000Z'],
  ['2026-01-05T13:04:00Z', '2026-01-05T13:04:00.000Z'],
  ['2026-01-05 13:04:07', '2026-01-05T05:04:07.000Z'],
  ['2026-1-5 9:04', '2026-01-05T01:04:00.000Z'],
  ['2026/1/5 13:04', '2026-01-05T05:04:00.000Z'],
  ['2026.01.05', '2026-01-04T16:00:00.000Z'],
  ['2026年1月5日', '2026-01-04T16:00:00.000Z'],
  ['2026年01月05日 13:04:07', '2026-01-05T05:04:07.000Z'],
  ['2026年1月5日13时4分7秒', '2026-01-05T05:04:07.000Z'],
  ['2026年1月5日 13时4分', '2026-01-05T05:04:00.000Z'],
  ['20260105', '2026-01-04T16:00:00.000Z'],
  ['20260105130407', '2026-01-05T05:04:07.000Z'],
  ['46027.54453703704', '2026-01-05T05:04:08.000Z'],
  ['1767589447', '2026-01-05T05:04:07.000Z'],
  ['1767589447123', '2026-01-05T05:04:07.123Z'],
])('%s is %s in Shanghai', (text, instant) => {
  expect(at(text)).toBe(instant);
});

it('follows a place whose clocks are moved', () => {
  const berlin = (text: string) => readWhen(text, 'Europe/Berlin', LATEST);
  expect(['2026-03-29 01:59', '2026-03-29 03:00', '2026-07-01', '2026-10-25 03:00'].map(berlin)).toEqual([
    { ok: true, at: '2026-03-29T00:59:00.000Z' },
    { ok: true, at: '2026-03-29T01:00:00.000Z' },
    { ok: true, at: '2026-06-30T22:00:00.000Z' },
    { ok: true, at: '2026-10-25T02:00:00.000Z' },
  ]);
});

it.each([
  '2026-02-30',
  '2026-01-05 24:00',
  '2026-01-05 13:60',
  '3/4/2026',
  '05.01.2026',
  'yesterday',
  '',
  '2026',
  '2026-13-01',
  '0000-00-00 00:00:00',
  '1',
])('“%s” is not read', (text) => {
  expect(at(text)).toBe('unreadable');
});

it('what lies more than a day ahead is a mistake', () => {
  expect([at('2026-11-21'), at('2026-11-22')]).toEqual(['2026-11-20T16:00:00.000Z', 'future']);
});

it.each([
  ['¥1,299.00', 1299],
  ['1 299', 1299],
  ['12元', 12],
  ['-5.5', -5.5],
  ['(5.00)', -5],
  ['三', undefined],
  ['1.2.3', undefined],
  ['', undefined],
])('the number “%s” is %s', (text, number) => {
  expect(readNumber(text)).toBe(number);
});

it.each([
  ['1961-02-11', '1961-02-11'],
  ['1958年3月8日', '1958-03-08'],
  ['19620211', '1962-02-11'],
  ['22687', '1962-02-10'],
  ['1999/12/31 00:00', '1999-12-31'],
  // In Shanghai that day began at one o'clock.
  ['1940-06-01', '1940-06-01'],
  ['1990-05-01T16:00:00Z', '1990-05-02'],
  ['1899-12-31', 'unreadable'],
  ['1961-02-31', 'unreadable'],
  ['明天', 'unreadable'],
  ['2026-11-25', 'future'],
])('the birthday “%s” is %s', (text, day) => {
  const when = readDay(text, 'Asia/Shanghai', LATEST);
  expect(when.ok ? when.at : when.why).toBe(day);
});
