import { cronOf, cronParts } from './cron-parts.ts';
import { definePlain } from './define-plain.ts';

interface Daily {
  readonly type: 'daily';
  readonly at: string;
}

export const daily = definePlain<Daily>({
  type: 'daily',
  label: { zh: '每天', en: 'Every day' },
  blank: (at) => ({ type: 'daily', at }),
  parts: [[{ field: 'at', as: 'time' }]],
  read: (expression) => {
    const found = cronParts(expression);
    if (found === undefined) return undefined;
    const { at, monthDay, weekDay } = found;
    return weekDay === '*' || (monthDay === '*' && weekDay === '?') ? { type: 'daily', at } : undefined;
  },
  write: ({ at }) => cronOf(at, '*', '?'),
  words: ({ at }) => ({ zh: `每天 ${at}`, en: `every day at ${at}` }),
});
