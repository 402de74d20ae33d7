import { type FieldRules, readField, readValue } from './cron-field.ts';

/** Whether a day fits. Months count from 1. */
export type DayTest = (year: number, month: number, day: number) => boolean;

const DAYS_OF_MONTH: FieldRules = { min: 1, max: 31 };
const DAYS_OF_WEEK: FieldRules = { min: 1, max: 7, names: ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'] };

const dayOfWeek = (year: number, month: number, day: number) =>
  new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 1;
export const lengthOf = (year: number, month: number) => new Date(Date.UTC(year, month, 0)).getUTCDate();

/** `L` the last day, `L-2` two before it, `15W` the working day nearest to the 15th, `LW` the last working day. */
export function readDayOfMonth(text: string): DayTest | undefined {
  const [, before] = /^L(?:-(\d+))?$/.exec(text) ?? [];
  if (text.startsWith('L') && text !== 'LW')
    return /^L(-\d+)?$/.test(text)
      ? (year, month, day) => day === lengthOf(year, month) - Number(before ?? 0)
      : undefined;
  const [, near] = /^(\d+|L)W$/.exec(text) ?? [];
  if (near !== undefined) {
    const wanted = near === 'L' ? undefined : readValue(near, DAYS_OF_MONTH);
    if (near !== 'L' && wanted === undefined) return undefined;
    return (year, month, day) => day === workingDay(year, month, wanted ?? lengthOf(year, month));
  }
  const allowed = readField(text, DAYS_OF_MONTH);
  return allowed && ((_, __, day) => allowed.has(day));
}

/** The working day nearest to a day of the month, without leaving the month. */
function workingDay(year: number, month: number, near: number): number {
  const day = Math.min(near, lengthOf(year, month));
  const weekday = dayOfWeek(year, month, day);
  if (weekday === 7) return day > 1 ? day - 1 : day + 2;
  if (weekday === 1) return day < lengthOf(year, month) ? day + 1 : day - 2;
  return day;
}

/** `L` Saturday, `6L` the last Friday of the month, `3#2` the second Tuesday. Sunday is 1. */
export function readDayOfWeek(text: string): DayTest | undefined {
  if (text.toUpperCase() === 'L') return (year, month, day) => dayOfWeek(year, month, day) === 7;
  const [, name, sign, nth] = /^(\w+?)(?:(L)|#([1-5]))$/i.exec(text) ?? [];
  if (name !== undefined) {
    const weekday = readValue(name, DAYS_OF_WEEK);
    if (weekday === undefined) return undefined;
    return (year, month, day) =>
      dayOfWeek(year, month, day) === weekday &&
      (sign ? day > lengthOf(year, month) - 7 : Math.ceil(day / 7) === Number(nth));
  }
  const allowed = readField(text, DAYS_OF_WEEK);
  return allowed && ((year, month, day) => allowed.has(dayOfWeek(year, month, day)));
}
