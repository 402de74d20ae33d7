/**
 * The Chinese lunar calendar, by tyme4ts (which computes new moons and solar terms; no table ends). A lunar year is
 * called by the year in which it begins.
 */
import { LunarDay, LunarMonth, SolarDay, SolarTerm } from 'tyme4ts';
import type { Day } from './day.ts';

/** Of a month that is said twice (闰) the first is meant. */
export interface LunarDate {
  readonly month: number;
  readonly day: number;
}

const solar = (day: { getYear(): number; getMonth(): number; getDay(): number }): Day => ({
  year: day.getYear(),
  month: day.getMonth(),
  day: day.getDay(),
});

/** Half a millisecond each, and asked again and again for the same few years. */
const known = new Map<string, Day>();
const MOST = 20_000;

/**
 * On which day of the common calendar a lunar date falls, in the lunar year that begins in `year`. The 30th of a month
 * that has 29 days is its last.
 */
export function dayOfLunar(year: number, { month, day }: LunarDate): Day {
  const key = `${year} ${month} ${day}`;
  let found = known.get(key);
  if (found === undefined) {
    const last = LunarMonth.fromYm(year, month).getDayCount();
    found = solar(LunarDay.fromYmd(year, month, Math.min(day, last)).getSolarDay());
    if (known.size >= MOST) known.clear();
    known.set(key, found);
  }
  return found;
}

/** The lunar date of a day; who was born in a leap month (闰) keeps that month's number. */
export function lunarOfDay({ year, month, day }: Day): LunarDate & { readonly year: number } {
  const there = SolarDay.fromYmd(year, month, day).getLunarDay();
  const its = there.getLunarMonth();
  return { year: its.getYear(), month: its.getMonth(), day: there.getDay() };
}

/** The day of 清明 in a year: where the sun is decides, not the moon. */
export const qingming = (year: number): Day => solar(SolarTerm.fromName(year, '清明').getSolarDay());
