import { addDays, dayText } from '../../calendar/index.ts';
import { definePlain } from './define-plain.ts';

interface Once {
  readonly type: 'once';
  readonly date: string;
  readonly at: string;
}

export const once = definePlain<Once>({
  type: 'once',
  label: { zh: '一次', en: 'Once' },
  blank: (at, today) => {
    const [year = 0, month = 1, day = 1] = today.split('-').map(Number);
    return { type: 'once', date: dayText(addDays({ year, month, day }, 1)), at };
  },
  parts: [
    [
      { field: 'date', as: 'date' },
      { field: 'at', as: 'time' },
    ],
  ],
  read: (expression) => {
    const [, date, at] = /^at\((\d{4}-\d\d-\d\d)T(\d\d:\d\d):\d\d\)$/.exec(expression) ?? [];
    return at === undefined ? undefined : { type: 'once', date: date as string, at };
  },
  write: ({ date, at }) => `at(${date}T${at}:00)`,
  words: ({ date, at }) => ({ zh: `${date} ${at} 一次`, en: `once, on ${date} at ${at}` }),
});
