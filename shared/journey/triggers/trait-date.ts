import { z } from 'zod';
import { readPath, splitPath } from '../../rules/index.ts';
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
});

type TraitDate = z.infer<typeof schema>;

/**
 * On a date that a trait gives, or so many days before or after it. A date counts as it is written, whatever zone a time
 * behind it is in; each year, 29 February is 1 March where there is none; a month and day without a year (05-01) do for
 * each year.
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
  words: ({ trait, days, at, every }) => {
    const n = Math.abs(days);
    const when =
      days === 0
        ? { zh: '当天', en: 'on the day of' }
        : days < 0
          ? { zh: `前 ${n} 天`, en: `${n} ${n === 1 ? 'day' : 'days'} before` }
          : { zh: `后 ${n} 天`, en: `${n} ${n === 1 ? 'day' : 'days'} after` };
    const often = every === 'year' ? { zh: '每年', en: ', each year' } : { zh: '', en: '' };
    return { zh: `${often.zh}「${trait}」${when.zh} ${at}`, en: `${when.en} “${trait}” at ${at}${often.en}` };
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
  { days, at, every }: TraitDate,
  value: unknown,
  after: number,
  zone: string,
): Occasion | undefined {
  const date = dateIn(value, every === 'year');
  if (date === undefined) return undefined;
  const year = wallTime(after, zone).year;
  // An offset of a year at most leads from the year before or the year after into this one.
  const first = Math.max(date.year ?? 0, year - 2);
  const years = every === 'year' ? [0, 1, 2, 3, 4].map((n) => first + n) : [date.year as number];
  for (const one of years) {
    const day = new Date(Date.UTC(one, date.month - 1, date.day));
    const moment = momentAt(new Date(day.getTime() + days * 86_400_000), at, zone);
    if (moment > after) return { at: moment, occasion: day.toISOString().slice(0, 10) };
  }
  return undefined;
}

/** That time of that day; where clocks leave it out, an hour later. */
function momentAt(day: Date, at: string, zone: string): number {
  const [hour = 0, minute = 0] = at.split(':').map(Number);
  const date = { year: day.getUTCFullYear(), month: day.getUTCMonth() + 1, day: day.getUTCDate(), minute };
  return momentOf({ ...date, hour }, zone) ?? (momentOf({ ...date, hour: hour + 1 }, zone) as number);
}

function dateIn(value: unknown, yearly: boolean) {
  if (typeof value !== 'string') return undefined;
  const [, year, month, day] = /^(?:(\d{4})-|--)?(\d{2})-(\d{2})(?:[T ]|$)/.exec(value) ?? [];
  if (day === undefined || (year === undefined && !yearly)) return undefined;
  const date = { year: year === undefined ? undefined : Number(year), month: Number(month), day: Number(day) };
  // In a leap year when none is given: 29 February is a birthday.
  const there = new Date(Date.UTC(date.year ?? 2000, date.month - 1, date.day));
  return there.getUTCMonth() + 1 === date.month && there.getUTCDate() === date.day ? date : undefined;
}
