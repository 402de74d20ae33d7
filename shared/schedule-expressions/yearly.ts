/**
 * Days of each year that no cron can say: `festival(mid-autumn -3 10:00)` is three days before Mid-Autumn, at ten;
 * `lunar(08-15 0 10:00)` a date of the lunar calendar. EventBridge Scheduler knows neither.
 */
import { addDays, type Day, dayOfLunar, festivalOf, type LunarDate } from '../calendar/index.ts';
import type { ExpressionKind, Occurrences } from './expression.ts';
import { momentOf, wallTime } from './wall-clock.ts';

/** A day of each year, so many days from it, at a time of day. */
interface Yearly<D> {
  readonly of: D;
  /** Negative: before it. */
  readonly days: number;
  readonly at: string;
}

const SHAPE = /^(\S+) (-?\d{1,3}) ((?:[01]\d|2[0-3]):[0-5]\d)$/;
export const MOST_DAYS = 180;

function parts(text: string): Yearly<string> | undefined {
  const [, of, days, at] = SHAPE.exec(text) ?? [];
  if (of === undefined || Math.abs(Number(days)) > MOST_DAYS) return undefined;
  return { of, days: Number(days), at: at as string };
}

export function readFestival(text: string): Yearly<string> | undefined {
  const found = parts(text);
  return found !== undefined && festivalOf(found.of) !== undefined ? found : undefined;
}

export function readLunar(text: string): Yearly<LunarDate> | undefined {
  const found = parts(text);
  const [, month, day] = /^(\d\d)-(\d\d)$/.exec(found?.of ?? '') ?? [];
  if (found === undefined || day === undefined) return undefined;
  const date = { month: Number(month), day: Number(day) };
  const is = date.month >= 1 && date.month <= 12 && date.day >= 1 && date.day <= 30;
  return is ? { ...found, of: date } : undefined;
}

export const festival: ExpressionKind = {
  name: 'festival',
  parse(text, zone) {
    const read = readFestival(text);
    return read && each(festivalOf(read.of)!.in, read, zone);
  },
};

export const lunar: ExpressionKind = {
  name: 'lunar',
  parse(text, zone) {
    const read = readLunar(text);
    return read && each((year) => dayOfLunar(year, read.of), read, zone);
  },
};

/** Each year's moment, in order. A time that clocks leave out in spring comes an hour later. */
function each(dayIn: (year: number) => Day, { days, at }: Yearly<unknown>, zone: string): Occurrences {
  const [hour = 0, minute = 0] = at.split(':').map(Number);
  return {
    once: false,
    next(after) {
      const { year } = wallTime(after, zone);
      // The end of a lunar year lies in the next of the common calendar, and an offset may lead over New Year.
      for (let one = year - 2; one <= year + 2; one++) {
        const day = addDays(dayIn(one), days);
        const moment = momentOf({ ...day, hour, minute }, zone) ?? momentOf({ ...day, hour: hour + 1, minute }, zone);
        if (moment !== undefined && moment > after) return moment;
      }
      return undefined;
    },
  };
}
