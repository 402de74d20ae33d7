import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { clockOf } from '../../journey/index.ts';
import { enterDate } from './index.ts';

type Config = {
  trait: string;
  when: 'on' | 'before' | 'after';
  days?: number;
  at: string;
  every: 'year' | 'once';
  calendar?: 'lunar' | 'lunarOf';
};

const SHANGHAI = 'Asia/Shanghai';
const birthday: Config = { trait: 'birthday', when: 'on', at: '10:00', every: 'year' };

function next(config: Config, value: unknown, after: string, zone = SHANGHAI) {
  const clock = clockOf(enterDate.entry!(config));
  if (clock?.of !== 'customer') throw new Error('not by customer');
  const found = clock.next({ [config.trait]: value }, Date.parse(after), zone);
  return found && [DateTime.fromMillis(found.at, { zone }).toFormat('yyyy-MM-dd HH:mm'), found.occasion];
}

describe('a date of a trait', () => {
  it('comes each year at its time, in the zone', () => {
    expect(next(birthday, '1990-05-01', '2026-05-01T01:59:59Z')).toEqual(['2026-05-01 10:00', '2026-05-01']);
    expect(next(birthday, '1990-05-01', '2026-05-01T02:00:00Z')).toEqual(['2027-05-01 10:00', '2027-05-01']);
    expect(next(birthday, '1990-05-01T16:00:00.000Z', '2026-01-01T00:00:00Z')?.[0]).toBe('2026-05-01 10:00');
    expect(next(birthday, '05-01', '2026-01-01T00:00:00Z')?.[0]).toBe('2026-05-01 10:00');
  });

  it('of 29 February is 1 March where there is none', () => {
    expect(next(birthday, '2000-02-29', '2027-01-01T00:00:00Z')).toEqual(['2027-03-01 10:00', '2027-03-01']);
    expect(next(birthday, '2000-02-29', '2028-01-01T00:00:00Z')).toEqual(['2028-02-29 10:00', '2028-02-29']);
    expect(next(birthday, '02-29', '2027-01-01T00:00:00Z')?.[0]).toBe('2027-03-01 10:00');
  });

  it('is told days before and after, over the turn of the year, under the name of the date itself', () => {
    const before: Config = { ...birthday, when: 'before', days: 7 };
    expect(next(before, '1990-01-03', '2026-12-01T00:00:00Z')).toEqual(['2026-12-27 10:00', '2027-01-03']);
    const after: Config = { ...birthday, when: 'after', days: 3 };
    expect(next(after, '1990-12-30', '2027-01-01T00:00:00Z')).toEqual(['2027-01-02 10:00', '2026-12-30']);
  });

  it('comes once where that is said, and never before the date itself', () => {
    const once: Config = { ...birthday, every: 'once' };
    expect(next(once, '2026-05-01', '2026-04-01T00:00:00Z')?.[0]).toBe('2026-05-01 10:00');
    expect(next(once, '2026-05-01', '2026-06-01T00:00:00Z')).toBeUndefined();
    expect(next(once, '05-01', '2026-04-01T00:00:00Z')).toBeUndefined();
    expect(next(birthday, '2030-05-01', '2026-04-01T00:00:00Z')?.[0]).toBe('2030-05-01 10:00');
  });

  it('comes an hour later where clocks leave the time out, and once where they show it twice', () => {
    const early: Config = { ...birthday, at: '02:30' };
    const berlin = 'Europe/Berlin';
    expect(next(early, '1990-03-29', '2026-01-01T00:00:00Z', berlin)?.[0]).toBe('2026-03-29 03:30');
    expect(next(early, '1990-10-25', '2026-10-25T00:30:00Z', berlin)?.[0]).toBe('2027-10-25 02:30');
  });

  it('is kept by the lunar calendar where that is said: a birthday moves from year to year', () => {
    const lunar: Config = { ...birthday, calendar: 'lunarOf' };
    // Born on 四月初七.
    expect(next(lunar, '1990-05-01', '2026-01-01T00:00:00Z')).toEqual(['2026-05-23 10:00', '2026-05-23']);
    expect(next(lunar, '1990-05-01', '2026-06-01T00:00:00Z')?.[1]).toBe('2027-05-12');
    expect(next({ ...birthday, calendar: 'lunar' }, '04-07', '2026-01-01T00:00:00Z')?.[1]).toBe('2026-05-23');
    expect(next({ ...birthday, calendar: 'lunar' }, '1990-04-07', '2026-01-01T00:00:00Z')?.[1]).toBe('2026-05-23');
    // 腊月三十 of 1990 lies in 1991; in a short month it is the last day, and each lunar year has one.
    const eve = next(lunar, '1991-02-14', '2026-01-01T00:00:00Z');
    expect(eve?.[1]).toBe('2026-02-16');
    expect(next(lunar, '1991-02-14', '2026-02-17T00:00:00Z')?.[1]).toBe('2027-02-05');
    // Who was born in a leap month keeps the month of that number.
    expect(next(lunar, '2025-07-25', '2027-01-01T00:00:00Z')?.[1]).toBe('2027-07-04');
    const before: Config = { ...lunar, when: 'before', days: 7 };
    expect(next(before, '1990-05-01', '2026-01-01T00:00:00Z')).toEqual(['2026-05-16 10:00', '2026-05-23']);
    expect(next(lunar, '05-01', '2026-01-01T00:00:00Z')).toBeUndefined();
  });

  it('that is none lets nobody in', () => {
    for (const value of [
      undefined,
      null,
      19900501,
      '',
      'soon',
      '1990-02-30',
      '1990-13-01',
      '1990-5-1',
      {},
      ['1990-05-01'],
    ])
      expect(next(birthday, value, '2026-01-01T00:00:00Z'), String(value)).toBeUndefined();
  });

  it('gives moments one after the other, each year one, each at the time of day', () => {
    const day = fc.date({ min: new Date('1950-01-01'), max: new Date('2024-12-31'), noInvalidDate: true });
    const zone = fc.constantFrom(SHANGHAI, 'Europe/Berlin', 'America/New_York', 'Pacific/Apia', 'UTC');
    const days = fc.integer({ min: 1, max: 366 });
    const when = fc.constantFrom('on' as const, 'before' as const, 'after' as const);
    fc.assert(
      fc.property(day, zone, days, when, (date, where, n, side) => {
        const clock = clockOf(enterDate.entry!({ ...birthday, when: side, days: n, at: '12:00' }));
        if (clock?.of !== 'customer') throw new Error('not by customer');
        const traits = { birthday: date.toISOString().slice(0, 10) };
        let after = Date.parse('2025-06-15T00:00:00Z');
        const years: number[] = [];
        for (let i = 0; i < 6; i++) {
          const found = clock.next(traits, after, where)!;
          expect(found.at).toBeGreaterThan(after);
          expect(DateTime.fromMillis(found.at, { zone: where }).toFormat('HH:mm')).toBe('12:00');
          years.push(Number(found.occasion.slice(0, 4)));
          after = found.at;
        }
        expect(years.map((year) => year - years[0]!)).toEqual([0, 1, 2, 3, 4, 5]);
      }),
      { numRuns: 100, examples: [[new Date('1970-01-01'), SHANGHAI, 366, 'before']] },
    );
  });
});
