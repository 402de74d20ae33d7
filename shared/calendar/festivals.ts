/**
 * The festivals that shops speak of: those of the lunar calendar, public holidays, and the trade's own days. A new one is
 * a line here. Which days are off work around them is decided anew each year, and not told.
 */
import type { Words } from '../words.ts';
import { addDays, type Day } from './day.ts';
import { dayOfLunar, type LunarDate, qingming } from './lunar.ts';

export interface Festival {
  readonly id: string;
  readonly name: Words;
  /** Its day in a year; one of the lunar calendar by the lunar year that begins in it. */
  readonly in: (year: number) => Day;
}

const fixed =
  (month: number, day: number) =>
  (year: number): Day => ({ year, month, day });
const lunar = (date: LunarDate) => (year: number) => dayOfLunar(year, date);

/** The n-th Sunday of a month. */
const sunday = (month: number, n: number) => (year: number) => {
  const first = new Date(Date.UTC(year, month - 1, 1)).getUTCDay();
  return { year, month, day: 1 + ((7 - first) % 7) + 7 * (n - 1) };
};

const festival = (id: string, zh: string, en: string, day: Festival['in']): Festival => ({
  id,
  name: { zh, en },
  in: day,
});

const newYear = lunar({ month: 1, day: 1 });

/** In the order of a year. */
export const FESTIVALS: readonly Festival[] = [
  festival('new-year', '元旦', 'New Year’s Day', fixed(1, 1)),
  festival('laba', '腊八节', 'Laba Festival', lunar({ month: 12, day: 8 })),
  festival('little-new-year', '小年', 'Little New Year', lunar({ month: 12, day: 23 })),
  festival('new-year-eve', '除夕', 'Chinese New Year’s Eve', (year) => addDays(newYear(year), -1)),
  festival('spring-festival', '春节', 'Chinese New Year', newYear),
  festival('lantern', '元宵节', 'Lantern Festival', lunar({ month: 1, day: 15 })),
  festival('valentine', '情人节', 'Valentine’s Day', fixed(2, 14)),
  festival('women', '妇女节', 'Women’s Day', fixed(3, 8)),
  festival('qingming', '清明节', 'Qingming', qingming),
  festival('labour', '劳动节', 'Labour Day', fixed(5, 1)),
  festival('mother', '母亲节', 'Mother’s Day', sunday(5, 2)),
  festival('children', '儿童节', 'Children’s Day', fixed(6, 1)),
  festival('dragon-boat', '端午节', 'Dragon Boat Festival', lunar({ month: 5, day: 5 })),
  festival('618', '618', '618', fixed(6, 18)),
  festival('father', '父亲节', 'Father’s Day', sunday(6, 3)),
  festival('qixi', '七夕', 'Qixi', lunar({ month: 7, day: 7 })),
  festival('teacher', '教师节', 'Teachers’ Day', fixed(9, 10)),
  festival('mid-autumn', '中秋节', 'Mid-Autumn Festival', lunar({ month: 8, day: 15 })),
  festival('national', '国庆节', 'National Day', fixed(10, 1)),
  festival('double-ninth', '重阳节', 'Double Ninth', lunar({ month: 9, day: 9 })),
  festival('double-11', '双十一', 'Singles’ Day (11.11)', fixed(11, 11)),
  festival('double-12', '双十二', 'Double 12', fixed(12, 12)),
  festival('christmas', '圣诞节', 'Christmas', fixed(12, 25)),
];

export const festivalOf = (id: string): Festival | undefined => FESTIVALS.find((one) => one.id === id);
