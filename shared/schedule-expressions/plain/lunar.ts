import { daysFromWords } from '../../calendar/days-from-words.ts';
import { type LunarDate, lunarDateWords } from '../../calendar/index.ts';
import { readLunar } from '../yearly.ts';
import { definePlain } from './define-plain.ts';

interface Lunar {
  readonly type: 'lunar';
  readonly date: LunarDate;
  /** So many days from it; negative: before it. */
  readonly days: number;
  readonly at: string;
}

const two = (n: number): string => String(n).padStart(2, '0');

export const lunar = definePlain<Lunar>({
  type: 'lunar',
  label: { zh: '农历的一天', en: 'A lunar date' },
  blank: (at) => ({ type: 'lunar', date: { month: 8, day: 15 }, days: 0, at }),
  parts: [[{ field: 'date', as: 'lunarDate' }], [{ field: 'days', as: 'daysFrom' }], [{ field: 'at', as: 'time' }]],
  read: (expression) => {
    const [, inside] = /^lunar\((.*)\)$/.exec(expression) ?? [];
    const read = inside === undefined ? undefined : readLunar(inside);
    return read && { type: 'lunar', date: read.of, days: read.days, at: read.at };
  },
  write: ({ date: { month, day }, days, at }) => `lunar(${two(month)}-${two(day)} ${days} ${at})`,
  words: ({ date, days, at }) => {
    const what = lunarDateWords(date);
    const { zh, en } = daysFromWords(days);
    return { zh: `每年农历${what.zh}${zh} ${at}`, en: `each year ${en} ${what.en} at ${at}` };
  },
});
