import { z } from 'zod';
import { parseSchedule, scheduleWords } from '../../schedule-expressions/index.ts';
import { defineTrigger, segmentField, tagField } from './define-trigger.ts';

export const expressionSchema = z
  .string()
  .max(256)
  .refine((text) => parseSchedule(text) !== undefined, {
    params: {
      message: { zh: '看不懂这个时间安排。', en: 'This schedule cannot be read.' },
      next: {
        zh: '选每天、每周、每月、节日、农历、一次或间隔；也可以写 cron(0 10 ? * MON *)、rate(7 days)、festival(mid-autumn -3 10:00)、lunar(08-15 0 10:00)。',
        en: 'Choose daily, weekly, monthly, a festival, a lunar date, once or an interval; or write cron(0 10 ? * MON *), rate(7 days), festival(mid-autumn -3 10:00), lunar(08-15 0 10:00).',
      },
    },
  });

const schema = z.strictObject({
  type: z.literal('schedule'),
  /** As EventBridge Scheduler reads it: cron(…), rate(…), at(…); or festival(…), lunar(…). */
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
      next: (after, since, zone) => parseSchedule(on, zone)?.next(after, since),
    };
  },
});
