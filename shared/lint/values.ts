import { DURATION } from '../duration.ts';

/** All numbers, texts and the like in it, however deep. */
export const valuesIn = (data: unknown): readonly unknown[] =>
  data !== null && typeof data === 'object' ? Object.values(data).flatMap(valuesIn) : [data];

export const isDuration = (value: unknown): boolean => typeof value === 'string' && DURATION.test(value);
