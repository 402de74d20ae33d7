import { extreme } from '../extreme.ts';

/** The smallest amount over such events that have one, ever or in a sliding window. Of none there is none. */
export const min = extreme(
  'min',
  -1,
  { zh: '最小', en: 'Smallest' },
  { zh: '例如最小一单不低于 50', en: 'For example: no order below 50' },
  { zh: '最小', en: 'smallest' },
);
