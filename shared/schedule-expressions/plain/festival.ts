import { daysFromWords } from '../../calendar/days-from-words.ts';
import { festivalOf } from '../../calendar/index.ts';
import { readFestival } from '../yearly.ts';
import { definePlain } from './define-plain.ts';

interface Festival {
  readonly type: 'festival';
  readonly festival: string;
  /** So many days from it; negative: before it. */
  readonly days: number;
  readonly at: string;
}

export const festival = definePlain<Festival>({
  type: 'festival',
  label: { zh: '节日', en: 'A festival' },
  blank: (at) => ({ type: 'festival', festival: 'spring-festival', days: -3, at }),
  parts: [[{ field: 'festival', as: 'festival' }], [{ field: 'days', as: 'daysFrom' }], [{ field: 'at', as: 'time' }]],
  read: (expression) => {
    const [, inside] = /^festival\((.*)\)$/.exec(expression) ?? [];
    const read = inside === undefined ? undefined : readFestival(inside);
    return read && { type: 'festival', festival: read.of, days: read.days, at: read.at };
  },
  write: ({ festival: of, days, at }) => `festival(${of} ${days} ${at})`,
  words: ({ festival: of, days, at }) => {
    const { name } = festivalOf(of)!;
    const { zh, en } = daysFromWords(days);
    return { zh: `每年${name.zh}${zh} ${at}`, en: `each year ${en} ${name.en} at ${at}` };
  },
});
