import { extreme } from '../extreme.ts';

/** The largest amount over such events that have one, ever or in a sliding window. Of none there is none. */
export const max = extreme(
  'max',
  1,
  { zh: '最大', en: 'Largest' },
  { zh: '例如最大一单不低于 500', en: 'For example: an order of 500 or more' },
  { zh: '最大', en: 'largest' },
);
