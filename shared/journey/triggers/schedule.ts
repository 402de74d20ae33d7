import { z } from 'zod';
import { parseExpression, scheduleWords } from '../../schedule-expressions/index.ts';
import { defineTrigger, segmentField, tagField } from './define-trigger.ts';

export const expressionSchema = z
  .string()
  .max(256)
  .refine((text) => parseExpression(text) !== undefined, {
    params: {
      message: { zh: '看不懂这个时间安排。', en: 'This schedule cannot be read.' },
      next: {
        zh: '选每天、每周、每月、一次或间隔；也可以写 cron(0 10 ? * MON *)、rate(7 days)、at(2026-12-24T10:00:00)。',
        en: 'Choose daily, weekly, monthly, once or an interval; or write cron(0 10 ? * MON *), rate(7 days), at(2026-12-24T10:00:00).',
      },
    },
  });

const schema = z.strictObject({
  type: z.literal('schedule'),
  /** As EventBridge Scheduler reads it: cron(…), rate(…), at(…). */
  on: expressionSchema,
  segment: segmentField.optional(),
  tag: tagField.optional(),
});

/** At these moments, all who are in a segment, or hold a tag, then. */
export const schedule = defineTrigger({
  type: 'schedule',
  label: { zh: '定时', en: 'Schedule' },
  schema,
  blank: { type: 'schedule', on: 'cron(0 10 ? * MON *)' },
  events: () => [],
  tags: ({ tag }) => (tag === undefined ? [] : [tag]),
  segments: ({ segment }) => (segment === undefined ? [] : [segment]),
  matches: () => false,
  isTrueNow: () => false,
  then: ({ tag, segment }) => [
    ...(tag === undefined ? [] : [[{ tag }, true] as const]),
    ...(segment === undefined ? [] : [[{ segment }, true] as const]),
  ],
  words: ({ on, tag = '', segment }, names) => {
    const when = scheduleWords(on);
    const who = segment === undefined ? names.tag(tag) : names.segment(segment);
    return segment === undefined
      ? { zh: `${when.zh}，有标签「${who.zh}」的客户`, en: `${when.en}, who has “${who.en}”` }
      : { zh: `${when.zh}，人群「${who.zh}」`, en: `${when.en}, who is in “${who.en}”` };
  },
  clock: (trigger) => {
    const { on, segment, tag } = trigger;
    return {
      of: 'audience',
      name: on,
      audience: segment === undefined ? { tag: tag ?? '' } : { segment },
      next: (after, since, zone) => parseExpression(on, { zone })?.next(after, since),
    };
  },
});
