import { cronOf, cronParts } from './cron-parts.ts';
import { definePlain } from './define-plain.ts';

const ZH = ['日', '一', '二', '三', '四', '五', '六'];
const EN = ['Sundays', 'Mondays', 'Tuesdays', 'Wednesdays', 'Thursdays', 'Fridays', 'Saturdays'];
const NAMES = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

interface Weekly {
  readonly type: 'weekly';
  /** Days of the week, Sunday is 0. */
  readonly days: readonly number[];
  readonly at: string;
}

export const weekly = definePlain<Weekly>({
  type: 'weekly',
  label: { zh: '每周', en: 'Every week' },
  blank: (at) => ({ type: 'weekly', days: [1], at }),
  parts: [
    [
      { field: 'days', as: 'weekdays' },
      { field: 'at', as: 'time' },
    ],
  ],
  read: (expression) => {
    const found = cronParts(expression);
    if (found?.monthDay !== '?') return undefined;
    const days = found.weekDay.split(',').map((name) => NAMES.indexOf(name));
    return days.includes(-1) ? undefined : { type: 'weekly', days, at: found.at };
  },
  write: ({ days, at }) =>
    cronOf(
      at,
      '?',
      [...days]
        .sort((a, b) => a - b)
        .map((day) => NAMES[day])
        .join(','),
    ),
  words: ({ days, at }) => ({
    zh: `每周${days.map((day) => ZH[day]).join('、')} ${at}`,
    en: `${days.map((day) => EN[day]).join(', ')} at ${at}`,
  }),
});
