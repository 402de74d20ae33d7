import { cronOf, cronParts } from './cron-parts.ts';
import { definePlain } from './define-plain.ts';

interface Monthly {
  readonly type: 'monthly';
  /** 1–31, or 'L' for the last day of the month. */
  readonly day: string;
  readonly at: string;
}

export const monthly = definePlain<Monthly>({
  type: 'monthly',
  label: { zh: '每月', en: 'Every month' },
  blank: (at) => ({ type: 'monthly', day: '1', at }),
  parts: [
    [
      { field: 'day', as: 'monthDay' },
      { field: 'at', as: 'time' },
    ],
  ],
  read: (expression) => {
    const found = cronParts(expression);
    if (found?.weekDay !== '?' || !/^(L|\d+)$/.test(found.monthDay)) return undefined;
    return { type: 'monthly', day: found.monthDay, at: found.at };
  },
  write: ({ day, at }) => cronOf(at, day, '?'),
  words: ({ day, at }) =>
    day === 'L'
      ? { zh: `每月最后一天 ${at}`, en: `on the last day of the month at ${at}` }
      : { zh: `每月 ${day} 日 ${at}`, en: `on day ${day} of the month at ${at}` },
});
