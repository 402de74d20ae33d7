import { definePlain } from './define-plain.ts';

const UNITS: Readonly<Record<string, string>> = { minute: '分钟', hour: '小时', day: '天' };

interface Every {
  readonly type: 'every';
  readonly count: number;
  readonly unit: string;
}

export const every = definePlain<Every>({
  type: 'every',
  label: { zh: '每隔', en: 'At an interval' },
  blank: () => ({ type: 'every', count: 7, unit: 'day' }),
  parts: [
    [
      { field: 'count', as: 'count' },
      { field: 'unit', as: 'unit' },
    ],
  ],
  read: (expression) => {
    const [, count, unit] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? [];
    return unit === undefined ? undefined : { type: 'every', count: Number(count), unit };
  },
  write: ({ count, unit }) => `rate(${count} ${unit}${count === 1 ? '' : 's'})`,
  words: ({ count, unit }) => ({
    zh: `每 ${count} ${UNITS[unit]}`,
    en: count === 1 ? `every ${unit}` : `every ${count} ${unit}s`,
  }),
});
