/** Whose message goes first where a cap leaves too few places: of a journey that says nothing, `normal`. */
import { z } from 'zod';
import type { Words } from '../words.ts';

/** The most important first. */
export const PRIORITIES = ['high', 'normal', 'low'] as const;
export type Priority = (typeof PRIORITIES)[number];

export const PRIORITY_NAMES: Readonly<Record<Priority, Words>> = {
  high: { zh: '重要', en: 'important' },
  normal: { zh: '普通', en: 'normal' },
  low: { zh: '次要', en: 'minor' },
};

/** Kept only where it is not the usual one. */
export const prioritySchema = z.enum(['high', 'low']);

export const goesBefore = (one: Priority, other: Priority): boolean =>
  PRIORITIES.indexOf(one) < PRIORITIES.indexOf(other);
