import { describe, expect, it } from 'vitest';
import { parseExpression, parseSchedule, scheduleWords } from '../schedule-expressions/index.ts';
import { dayOfLunar, dayText, FESTIVALS, festivalOf, lunarDateWords, lunarOfDay } from './index.ts';

const on = (id: string, year: number) => dayText(festivalOf(id)!.in(year));

describe('the lunar calendar', () => {
  it('knows the festivals, as the almanac prints them', () => {
    expect([2024, 2025, 2026, 2027].map((year) => on('mid-autumn', year))).toEqual([
      '2024-09-17',
      '2025-10-06',
      '2026-09-25',
      '2027-09-15',
    ]);
    expect([on('new-year-eve', 2026), on('lantern', 2026), on('dragon-boat', 2026)]).toEqual([
      '2026-02-16',
      '2026-03-03',
      '2026-06-19',
    ]);
    // 2025 has a second sixth month, so 七夕 is late.
    expect([on('qixi', 2025), on('double-ninth', 2026), on('qingming', 2024), on('qingming', 2027)]).toEqual([
      '2025-08-29',
      '2026-10-18',
      '2024-04-04',
      '2027-04-05',
    ]);
    expect([on('mother', 2026), on('father', 2026)]).toEqual(['2026-05-10', '2026-06-21']);
  });

  it('begins its years on the days that were, and will be, New Year', () => {
    // As the Hong Kong Observatory has them. JavaScript's own calendar is a day off in 2027 and 2030, so it is not asked.
    const days = [
      ['2000-02-05', '2001-01-24', '2002-02-12', '2003-02-01', '2004-01-22', '2005-02-09', '2006-01-29', '2007-02-18'],
      ['2008-02-07', '2009-01-26', '2010-02-14', '2011-02-03', '2012-01-23', '2013-02-10', '2014-01-31', '2015-02-19'],
      ['2016-02-08', '2017-01-28', '2018-02-16', '2019-02-05', '2020-01-25', '2021-02-12', '2022-02-01', '2023-01-22'],
      ['2024-02-10', '2025-01-29', '2026-02-17', '2027-02-06', '2028-01-26', '2029-02-13', '2030-02-03'],
    ].flat();
    expect(days.map((_, i) => on('spring-festival', 2000 + i))).toEqual(days);
  });

  it('comes back to the day it came from, but out of a leap month', () => {
    for (const day of ['1990-05-01', '2000-01-01', '2026-02-16'].map((text) => text.split('-').map(Number))) {
      const [year = 0, month = 0, date = 0] = day;
      const lunar = lunarOfDay({ year, month, day: date });
      expect(dayOfLunar(lunar.year, lunar)).toEqual({ year, month, day: date });
    }
    const leap = lunarOfDay({ year: 2025, month: 7, day: 25 });
    expect(leap).toEqual({ year: 2025, month: 6, day: 1 });
    expect(dayText(dayOfLunar(2025, leap))).toBe('2025-06-25');
  });

  it('gives the last day of a short month for its thirtieth', () => {
    expect(dayText(dayOfLunar(2025, { month: 12, day: 30 }))).toBe('2026-02-16');
    expect(dayText(dayOfLunar(2025, { month: 12, day: 29 }))).toBe('2026-02-16');
  });

  it('is said as people say it', () => {
    expect([1, 10, 15, 20, 21, 30].map((day) => lunarDateWords({ month: 8, day }).zh)).toEqual([
      '八月初一',
      '八月初十',
      '八月十五',
      '八月二十',
      '八月廿一',
      '八月三十',
    ]);
    expect(lunarDateWords({ month: 12, day: 8 })).toEqual({ zh: '腊月初八', en: 'day 8 of lunar month 12' });
  });
});

describe('a journey that begins by a festival', () => {
  const next = (text: string, after: string, zone = 'Asia/Shanghai') => {
    const at = parseSchedule(text, zone)?.next(Date.parse(after), 0);
    return at === undefined ? undefined : new Date(at).toISOString();
  };

  it('begins so many days before or after it, by the clock of its zone', () => {
    expect(next('festival(mid-autumn -3 10:00)', '2026-09-01T00:00:00Z')).toBe('2026-09-22T02:00:00.000Z');
    expect(next('festival(mid-autumn -3 10:00)', '2026-09-22T02:00:00Z')).toBe('2027-09-12T02:00:00.000Z');
    expect(next('festival(spring-festival 0 09:30)', '2026-12-31T00:00:00Z', 'Europe/Berlin')).toBe(
      '2027-02-06T08:30:00.000Z',
    );
  });

  it('comes at the end of a lunar year, and over New Year, in order', () => {
    expect(next('lunar(12-23 0 10:00)', '2026-01-01T00:00:00Z')).toBe('2026-02-10T02:00:00.000Z');
    expect(next('lunar(12-23 0 10:00)', '2026-02-10T02:00:00Z')).toBe('2027-01-30T02:00:00.000Z');
    expect(next('festival(new-year -7 10:00)', '2026-12-20T00:00:00Z')).toBe('2026-12-25T02:00:00.000Z');
    for (const { id } of FESTIVALS) {
      let after = Date.parse('2026-01-01T00:00:00Z');
      for (let i = 0; i < 10; i++) {
        const at = parseSchedule(`festival(${id} -30 10:00)`, 'UTC')!.next(after, 0)!;
        const days = (at - after) / 86_400_000;
        if (i > 0)
          expect(days, `${id} after ${new Date(after).toISOString()}`).toSatisfy((d: number) => d > 350 && d < 390);
        after = at;
      }
    }
  });

  it('is refused where it names nothing, and by AWS’s own schedules', () => {
    for (const wrong of [
      'festival(easter 0 10:00)',
      'festival(618 999 10:00)',
      'festival(618 0 25:00)',
      'lunar(13-01 0 10:00)',
      'lunar(08-31 0 10:00)',
      'lunar(8-15 0 10:00)',
    ]) {
      expect(parseSchedule(wrong), wrong).toBeUndefined();
    }
    expect(parseExpression('festival(618 0 10:00)')).toBeUndefined();
  });

  it('is said in both languages', () => {
    expect(scheduleWords('festival(mid-autumn -3 10:00)')).toEqual({
      zh: '每年中秋节前 3 天 10:00',
      en: 'each year 3 days before Mid-Autumn Festival at 10:00',
    });
    expect(scheduleWords('lunar(07-15 0 09:00)')).toEqual({
      zh: '每年农历七月十五当天 09:00',
      en: 'each year on day 15 of lunar month 7 at 09:00',
    });
  });
});
