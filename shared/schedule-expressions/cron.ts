import { type DayTest, lengthOf, readDayOfMonth, readDayOfWeek } from './cron-days.ts';
import { type Allowed, type FieldRules, readField } from './cron-field.ts';
import type { ExpressionKind } from './expression.ts';
import { momentOf, wallTime } from './wall-clock.ts';

const MINUTES: FieldRules = { min: 0, max: 59 };
const HOURS: FieldRules = { min: 0, max: 23 };
const MONTHS: FieldRules = {
  min: 1,
  max: 12,
  names: ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'],
};
const YEARS: FieldRules = { min: 1970, max: 2199 };

/**
 * `cron(minutes hours day-of-month month day-of-week year)`; one of the two days must be `?`. Evaluated by the clock on
 * the wall: what is left out in spring does not happen, what comes twice in autumn happens once.
 * https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
 */
export const cron: ExpressionKind = {
  name: 'cron',
  parse(text, zone) {
    const fields = text.split(' ');
    if (fields.length !== 6) return undefined;
    const [minute = '', hour = '', dayOfMonth = '', month = '', dayOfWeek = '', year = ''] = fields;
    if ((dayOfMonth === '?') === (dayOfWeek === '?')) return undefined;
    const minutes = readField(minute, MINUTES);
    const hours = readField(hour, HOURS);
    const months = readField(month, MONTHS);
    const years = readField(year, YEARS);
    const fits = dayOfMonth === '?' ? readDayOfWeek(dayOfWeek) : readDayOfMonth(dayOfMonth);
    if (!minutes || !hours || !months || !years || !fits) return undefined;
    const times = inOrder(hours).flatMap((h) => inOrder(minutes).map((m) => [h, m] as const));
    return { once: false, next: (after) => search(after, zone, { times, fits, months, years }) };
  },
};

interface Wanted {
  readonly times: readonly (readonly [hour: number, minute: number])[];
  readonly fits: DayTest;
  readonly months: Allowed;
  readonly years: Allowed;
}

function search(after: number, zone: string, { times, fits, months, years }: Wanted): number | undefined {
  const start = wallTime(after, zone);
  let firstMonth = start.month;
  let firstDay = start.day;
  for (let year = Math.max(start.year, YEARS.min); year <= YEARS.max; year++, firstMonth = 1, firstDay = 1) {
    if (!years.has(year)) continue;
    for (let month = firstMonth; month <= 12; month++, firstDay = 1) {
      if (!months.has(month)) continue;
      for (let day = firstDay; day <= lengthOf(year, month); day++) {
        if (!fits(year, month, day)) continue;
        const found = firstOfDay(times, { year, month, day }, zone, after);
        if (found !== undefined) return found;
      }
    }
  }
  return undefined;
}

function firstOfDay(
  times: Wanted['times'],
  date: { readonly year: number; readonly month: number; readonly day: number },
  zone: string,
  after: number,
): number | undefined {
  for (const [hour, minute] of times) {
    const moment = momentOf({ ...date, hour, minute }, zone);
    if (moment !== undefined && moment > after) return moment;
  }
  return undefined;
}

const inOrder = (allowed: Allowed) => [...allowed].sort((a, b) => a - b);
