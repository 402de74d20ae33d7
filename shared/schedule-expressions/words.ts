import { daysFromWords } from '../calendar/days-from-words.ts';
import { festivalOf, type LunarDate, lunarDateWords } from '../calendar/index.ts';
import type { Words } from '../words.ts';
import { readFestival, readLunar } from './yearly.ts';

const ZH_DAYS = ['日', '一', '二', '三', '四', '五', '六'];
const EN_DAYS = ['Sundays', 'Mondays', 'Tuesdays', 'Wednesdays', 'Thursdays', 'Fridays', 'Saturdays'];
const NAMES = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
const UNITS: Readonly<Record<string, string>> = { minute: '分钟', hour: '小时', day: '天' };

/** A schedule that a form can make, taken apart. */
export type PlainSchedule =
  | { readonly type: 'daily'; readonly at: string }
  /** Days of the week, Sunday is 0. */
  | { readonly type: 'weekly'; readonly days: readonly number[]; readonly at: string }
  /** `day` 1–28, or 'L' for the last day of the month. */
  | { readonly type: 'monthly'; readonly day: string; readonly at: string }
  | { readonly type: 'once'; readonly date: string; readonly at: string }
  | { readonly type: 'every'; readonly count: number; readonly unit: string }
  /** So many days from a festival; negative: before it. */
  | { readonly type: 'festival'; readonly festival: string; readonly days: number; readonly at: string }
  | { readonly type: 'lunar'; readonly date: LunarDate; readonly days: number; readonly at: string };

const two = (text: string): string => text.padStart(2, '0');

/** What a form shows of an expression; undefined for one that is richer than the form. */
export function plainSchedule(expression: string): PlainSchedule | undefined {
  const [, name, inside = ''] = /^(festival|lunar)\((.*)\)$/.exec(expression) ?? [];
  if (name !== undefined) return plainYearly(name, inside);
  const [, rateCount, unit] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? [];
  if (unit !== undefined) return { type: 'every', count: Number(rateCount), unit };
  const [, date, clock] = /^at\((\d{4}-\d\d-\d\d)T(\d\d:\d\d):\d\d\)$/.exec(expression) ?? [];
  if (date !== undefined) return { type: 'once', date, at: clock as string };
  const [, minute, hour, monthDay, weekDay] =
    /^cron\((\d{1,2}) (\d{1,2}) (\*|\?|L|\d{1,2}) \* (\*|\?|[A-Z,]+) \*\)$/.exec(expression) ?? [];
  if (minute === undefined) return undefined;
  const at = `${two(hour as string)}:${two(minute)}`;
  if (monthDay === '?' && weekDay !== '*') {
    const days = (weekDay as string).split(',').map((name) => NAMES.indexOf(name));
    return days.includes(-1) ? undefined : { type: 'weekly', days, at };
  }
  if (monthDay === '*' || (monthDay === '?' && weekDay === '*')) return { type: 'daily', at };
  return { type: 'monthly', day: monthDay as string, at };
}

function plainYearly(name: string, inside: string): PlainSchedule | undefined {
  if (name === 'festival') {
    const read = readFestival(inside);
    return read && { type: 'festival', festival: read.of, days: read.days, at: read.at };
  }
  const read = readLunar(inside);
  return read && { type: 'lunar', date: read.of, days: read.days, at: read.at };
}

/** The expression that says this. */
export function expressionOf(plain: PlainSchedule): string {
  if (plain.type === 'every') return `rate(${plain.count} ${plain.unit}${plain.count === 1 ? '' : 's'})`;
  if (plain.type === 'once') return `at(${plain.date}T${plain.at}:00)`;
  if (plain.type === 'festival') return `festival(${plain.festival} ${plain.days} ${plain.at})`;
  if (plain.type === 'lunar') {
    const { month, day } = plain.date;
    return `lunar(${two(String(month))}-${two(String(day))} ${plain.days} ${plain.at})`;
  }
  const [hour = 0, minute = 0] = plain.at.split(':').map(Number);
  if (plain.type === 'daily') return `cron(${minute} ${hour} * * ? *)`;
  if (plain.type === 'monthly') return `cron(${minute} ${hour} ${plain.day} * ? *)`;
  const days = [...plain.days].sort((a, b) => a - b).map((day) => NAMES[day]);
  return `cron(${minute} ${hour} ? * ${days.join(',')} *)`;
}

function lunarOnce(date: LunarDate): Words {
  const { zh, en } = lunarDateWords(date);
  return { zh: `农历${zh}`, en };
}

/** As people say it; a cron that no form makes is said as it is written. */
export function scheduleWords(expression: string): Words {
  const plain = plainSchedule(expression);
  if (plain === undefined) return { zh: `按 ${expression}`, en: `by ${expression}` };
  if (plain.type === 'every') {
    const { count, unit } = plain;
    return {
      zh: `每 ${count} ${UNITS[unit]}`,
      en: count === 1 ? `every ${unit}` : `every ${count} ${unit}s`,
    };
  }
  if (plain.type === 'once')
    return { zh: `${plain.date} ${plain.at} 一次`, en: `once, on ${plain.date} at ${plain.at}` };
  if (plain.type === 'festival' || plain.type === 'lunar') {
    const what = plain.type === 'festival' ? festivalOf(plain.festival)!.name : lunarOnce(plain.date);
    const { zh, en } = daysFromWords(plain.days);
    return { zh: `每年${what.zh}${zh} ${plain.at}`, en: `each year ${en} ${what.en} at ${plain.at}` };
  }
  if (plain.type === 'daily') return { zh: `每天 ${plain.at}`, en: `every day at ${plain.at}` };
  if (plain.type === 'monthly') {
    return plain.day === 'L'
      ? { zh: `每月最后一天 ${plain.at}`, en: `on the last day of the month at ${plain.at}` }
      : { zh: `每月 ${plain.day} 日 ${plain.at}`, en: `on day ${plain.day} of the month at ${plain.at}` };
  }
  return {
    zh: `每周${plain.days.map((day) => ZH_DAYS[day]).join('、')} ${plain.at}`,
    en: `${plain.days.map((day) => EN_DAYS[day]).join(', ')} at ${plain.at}`,
  };
}
