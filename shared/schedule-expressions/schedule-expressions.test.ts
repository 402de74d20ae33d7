import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { parseExpression } from './index.ts';

const NOON = Date.UTC(2026, 2, 4, 12);

/** The next moments, as the clock in the zone shows them. */
function next(text: string, count = 3, { zone = 'UTC', after = NOON } = {}): string[] {
  const occurrences = parseExpression(text, { zone });
  const found: string[] = [];
  for (let moment = occurrences?.next(after, NOON); moment !== undefined && found.length < count; ) {
    found.push(DateTime.fromMillis(moment, { zone }).toFormat('yyyy-MM-dd HH:mm'));
    moment = occurrences?.next(moment, NOON);
  }
  return found;
}

describe('cron', () => {
  it.each<[string, string[]]>([
    ['cron(0 18 ? * MON-FRI *)', ['2026-03-04 18:00', '2026-03-05 18:00', '2026-03-06 18:00', '2026-03-09 18:00']],
    ['cron(0/30 20-21 ? * 4 *)', ['2026-03-04 20:00', '2026-03-04 20:30', '2026-03-04 21:00', '2026-03-04 21:30']],
    ['cron(15 10 ? * 6L 2026-2027)', ['2026-03-27 10:15', '2026-04-24 10:15', '2026-05-29 10:15', '2026-06-26 10:15']],
    ['cron(0 8 1 * ? *)', ['2026-04-01 08:00', '2026-05-01 08:00', '2026-06-01 08:00', '2026-07-01 08:00']],
    ['cron(0 0 L * ? *)', ['2026-03-31 00:00', '2026-04-30 00:00', '2026-05-31 00:00', '2026-06-30 00:00']],
    ['cron(0 9 15W * ? *)', ['2026-03-16 09:00', '2026-04-15 09:00', '2026-05-15 09:00', '2026-06-15 09:00']],
    ['cron(0 9 1W * ? *)', ['2026-04-01 09:00', '2026-05-01 09:00', '2026-06-01 09:00', '2026-07-01 09:00']],
    ['cron(0 9 LW * ? *)', ['2026-03-31 09:00', '2026-04-30 09:00', '2026-05-29 09:00', '2026-06-30 09:00']],
    ['cron(30 6 ? * 3#2 *)', ['2026-03-10 06:30', '2026-04-14 06:30', '2026-05-12 06:30', '2026-06-09 06:30']],
    ['cron(0 0 29 FEB ? *)', ['2028-02-29 00:00', '2032-02-29 00:00', '2036-02-29 00:00', '2040-02-29 00:00']],
    ['cron(0 0 1 JAN,jul ? 2026)', ['2026-07-01 00:00']],
    ['cron(0 0 30 FEB ? *)', []],
  ])('%s', (text, moments) => {
    expect(next(text, 4)).toEqual(moments);
  });

  it('follows the clock on the wall through the changes of summer time', () => {
    const zone = 'America/New_York';
    // 8 March 2026: two o'clock becomes three. What would be at half past two does not happen that day.
    expect(next('cron(30 2 ? * * *)', 3, { zone, after: Date.UTC(2026, 2, 6, 12) })).toEqual([
      '2026-03-07 02:30',
      '2026-03-09 02:30',
      '2026-03-10 02:30',
    ]);
    // 1 November 2026: one o'clock comes twice. It happens once.
    const autumn = parseExpression('cron(30 1 ? * * *)', { zone });
    const first = autumn?.next(Date.UTC(2026, 10, 1, 4), 0) ?? 0;
    expect(new Date(first).toISOString()).toBe('2026-11-01T05:30:00.000Z');
    expect(new Date(autumn?.next(first, 0) ?? 0).toISOString()).toBe('2026-11-02T06:30:00.000Z');
  });

  it.each([
    ...['cron(0 1 * * * *)', 'cron(7 20 * * NOT *)', 'cron(INVALID)', 'cron(0 dummy ? * MON-FRI *)'],
    ...[
      'cron(71 8 1 * ? *)',
      'cron()',
      'cron(0 0 ? * ? *)',
      'cron(0 0 32 * ? *)',
      'cron(0 0 ? * 8 *)',
      'cron(0/0 * * * ? *)',
    ],
    ...['rate(10 seconds)', 'rate(10 years)', 'rate()', 'rate(10)', 'rate(10 minutess)', 'rate(foo minutes)'],
    ...[
      'rate(-10 minutes)',
      'rate( 10 minutes )',
      ' rate(10 minutes)',
      'rate(0 minutes)',
      'rate(1 minutes)',
      'rate(2 hour)',
    ],
    ...['at(2021-12-31T23:59:59Z)', 'at(2021-12-31)', 'at(2026-02-30T00:00:00)', 'every(1 day)', ''],
  ])('refuses %j', (text) => {
    expect(parseExpression(text)).toBeUndefined();
  });
});

describe('rate and at', () => {
  it('counts a rate from where it began, in full hours of the clock that ticks', () => {
    expect(next('rate(5 hours)')).toEqual(['2026-03-04 17:00', '2026-03-04 22:00', '2026-03-05 03:00']);
    expect(next('rate(1 day)', 2, { after: NOON - 1 })).toEqual(['2026-03-04 12:00', '2026-03-05 12:00']);
  });

  it('happens once, by the clock on the wall', () => {
    expect(next('at(2026-11-20T09:00:00)', 5, { zone: 'Asia/Shanghai' })).toEqual(['2026-11-20 09:00']);
    const shanghai = parseExpression('at(2026-11-20T09:00:00)', { zone: 'Asia/Shanghai' });
    expect(shanghai?.next(0, 0)).toBe(Date.UTC(2026, 10, 20, 1));
    expect(shanghai?.next(Date.UTC(2026, 10, 20, 1), 0)).toBeUndefined();
  });
});
