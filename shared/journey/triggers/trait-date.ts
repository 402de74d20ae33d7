import { z } from 'zod';
import { daysFromWords } from '../../calendar/days-from-words.ts';
import { addDays, type Day, dayOfLunar, dayText, lunarOfDay } from '../../calendar/index.ts';
import { fieldName, readPath, splitPath } from '../../rules/index.ts';
import { momentOf, wallTime } from '../../schedule-expressions/index.ts';
import { defineTrigger, type Occasion } from './define-trigger.ts';

const MAX_DAYS = 366;
export const TRAIT_PATH = /^[\p{L}_$][\p{L}\p{N}_$-]*(\.[\p{L}\p{N}_$-]+)*$/u;

const schema = z.strictObject({
  type: z.literal('traitDate'),
  /** Path of the trait: birthday, plan.renewsOn. */
  trait: z.string().min(1).max(200).regex(TRAIT_PATH),
  /** Days from the date; negative: before it. */
  days: z.int().min(-MAX_DAYS).max(MAX_DAYS),
  /** Time of day, in the zone of the journey. */
  at: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
  every: z.enum(['year', 'once']),
  /** Of the common calendar where absent. `lunar`: the trait holds a lunar date; `lunarOf`: its day of the common calendar is kept by the lunar one. */
  calendar: z.enum(['lunar', 'lunarOf']).optional(),
});

type TraitDate = z.infer<typeof schema>;

/**
 * On a date that a trait gives, or so many days before or after it. A date counts as it is written, whatever zone a time
 * behind it is in; each year, 29 February is 1 March where there is none; a month and day without a year (05-01) do for
 * each year. By the lunar calendar, who was born in a leap month keeps the month of that number, and the 30th of a month
 * with 29 days is its last.
 */
export const traitDate = defineTrigger({
  type: 'traitDate',
  label: { zh: '属性里的日期', en: 'Date of a trait' },
  schema,
  blank: { type: 'traitDate', trait: 'birthday', days: 0, at: '10:00', every: 'year' },
  events: () => [],
  tags: () => [],
  segments: () => [],
  matches: () => false,
  isTrueNow: () => false,
  then: () => [],
  words: ({ trait, days, at, every, calendar }) => {
    const when = days === 0 ? { zh: '当天', en: 'on the day of' } : daysFromWords(days);
    const by = calendar === undefined ? { zh: '', en: '' } : { zh: '农历', en: ' by the lunar calendar' };
    const often = every === 'year' ? { zh: '每年', en: ', each year' } : { zh: '', en: '' };
    const name = fieldName(trait) ?? { zh: trait, en: trait };
    return {
      zh: `${often.zh}${by.zh}「${name.zh}」${when.zh} ${at}`,
      en: `${when.en} “${name.en}”${by.en} at ${at}${often.en}`,
    };
  },
  clock: (trigger) => ({
    of: 'customer',
    name: trigger.trait,
    reads: trigger.trait.split('.')[0] as string,
    next: (traits, after, zone) =>
      nextOccasion(trigger, readPath({ ...traits }, splitPath(trigger.trait)), after, zone),
  }),
});

/** The first after `after` (ms) that the value of the trait gives. */
function nextOccasion(
  { days, at, every, calendar }: TraitDate,
  value: unknown,
  after: number,
  zone: string,
): Occasion | undefined {
  const { read, dayIn } = CALENDARS[calendar ?? 'common'];
  const date = read(value, every === 'year');
  if (date === undefined) return undefined;
  const year = wallTime(after, zone).year;
  // 366 days before New Year 2028 is the last day of 2026: after the one on the last day of 2025 that date is three years on.
  const first = Math.max(date.year ?? 0, year - 2);
  const years = every === 'year' ? [0, 1, 2, 3, 4, 5].map((n) => first + n) : [date.year as number];
  for (const one of years) {
    const day = dayIn(one, date);
    const moment = momentAt(addDays(day, days), at, zone);
    if (moment > after) return { at: moment, occasion: dayText(day) };
  }
  return undefined;
}

/** That time of that day; where clocks leave it out, an hour later. */
function momentAt(day: Day, at: string, zone: string): number {
  const [hour = 0, minute = 0] = at.split(':').map(Number);
  const date = { ...day, minute };
  return momentOf({ ...date, hour }, zone) ?? (momentOf({ ...date, hour: hour + 1 }, zone) as number);
}

/** A date as a trait has it, in its calendar. */
interface Found {
  readonly year: number | undefined;
  readonly month: number;
  readonly day: number;
}

interface Calendar {
  readonly read: (value: unknown, yearly: boolean) => Found | undefined;
  /** On which day it is kept, in that year of the calendar. */
  readonly dayIn: (year: number, date: Found) => Day;
}

const CALENDARS: Readonly<Record<'common' | 'lunar' | 'lunarOf', Calendar>> = {
  common: { read: commonDate, dayIn: (year, { month, day }) => addDays({ year, month, day: 1 }, day - 1) },
  lunar: { read: lunarDate, dayIn: dayOfLunar },
  lunarOf: {
    read: (value) => {
      const date = commonDate(value, false);
      return date?.year === undefined ? undefined : lunarOfDay({ ...date, year: date.year });
    },
    dayIn: dayOfLunar,
  },
};

function written(value: unknown, yearly: boolean): Found | undefined {
  if (typeof value !== 'string') return undefined;
  const [, year, month, day] = /^(?:(\d{4})-|--)?(\d{2})-(\d{2})(?:[T ]|$)/.exec(value) ?? [];
  if (day === undefined || (year === undefined && !yearly)) return undefined;
  return { year: year === undefined ? undefined : Number(year), month: Number(month), day: Number(day) };
}

function lunarDate(value: unknown, yearly: boolean): Found | undefined {
  const date = written(value, yearly);
  const is = date !== undefined && date.month >= 1 && date.month <= 12 && date.day >= 1 && date.day <= 30;
  return is ? date : undefined;
}

function commonDate(value: unknown, yearly: boolean): Found | undefined {
  const date = written(value, yearly);
  if (date === undefined) return undefined;
  // In a leap year when none is given: 29 February is a birthday.
  const there = new Date(Date.UTC(date.year ?? 2000, date.month - 1, date.day));
  return there.getUTCMonth() + 1 === date.month && there.getUTCDate() === date.day ? date : undefined;
}
