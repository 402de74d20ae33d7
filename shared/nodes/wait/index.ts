/**
 * Waiting. A fixed length is a Wait state of the machine and costs no call; an hour of the day depends on the
 * customer's zone, so a step is asked for the instant first.
 */
import { DateTime } from 'luxon';
import { z } from 'zod';
import { durationSeconds, durationWords } from '../../duration.ts';
import { field } from '../../form/fields.ts';
import { durationSchema } from '../../journey/schema.ts';
import { defineNode } from '../define-node.ts';
import { samples } from '../samples.ts';
import sevenDays from './samples/seven-days.json' with { type: 'json' };
import tomorrowAtTen from './samples/tomorrow-at-ten.json' with { type: 'json' };
import untilTen from './samples/until-ten.json' with { type: 'json' };

const config = z
  .strictObject({
    duration: field(durationSchema.optional(), {
      label: { zh: '等待', en: 'Wait' },
      help: {
        zh: '只等时长时一天是 24 小时；又等到钟点时按日历的天数算。',
        en: 'Alone, a day is 24 hours; with a time of day, days are those of the calendar.',
      },
      widget: 'duration',
    }),
    until: field(
      z
        .string()
        .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
        .optional(),
      {
        label: { zh: '再等到', en: 'Then until' },
        help: {
          zh: '客户所在时区的钟点；已经过了就等到第二天。',
          en: 'By the clock where the customer is; when it has passed, the next day.',
        },
        widget: 'time-of-day',
      },
    ),
  })
  .refine((c) => c.until !== undefined || (c.duration !== undefined && (durationSeconds(c.duration) ?? 0) > 0), {
    path: ['duration'],
    params: {
      message: { zh: '还没有说要等多久。', en: 'It is not said how long to wait.' },
      next: { zh: '填写等待的时长，或等到几点，或两者都填。', en: 'Give a duration, a time of day, or both.' },
    },
  });

type Config = z.infer<typeof config>;

const seconds = (c: Config): number => (c.duration === undefined ? 0 : (durationSeconds(c.duration) ?? 0));

const DAY = 86_400;

/** `day` with its clock at this time; an hour that a clock change skips counts as the next one. */
const clockAt = (day: DateTime, time: string): DateTime => {
  const [hour, minute] = time.split(':').map(Number);
  return day.set({ hour: hour!, minute: minute!, second: 0, millisecond: 0 });
};

/**
 * When a wait that began at `from` ends. With a time of day, whole days are counted on the calendar ("1 day · until 10:00"
 * is ten o'clock tomorrow, whenever today she came); after hours and minutes the next such time of day is taken. Without
 * a duration it is strictly later, so that a loop through a time of day never turns without time passing.
 */
export function endOfWait(from: DateTime, c: Config, zone: string): DateTime {
  const length = seconds(c);
  const after = from.plus({ seconds: length });
  if (c.until === undefined) return after;
  const local = from.setZone(zone);
  if (length > 0 && length % DAY === 0) return clockAt(local.plus({ days: length / DAY }), c.until);
  const earliest = after.setZone(zone);
  const same = clockAt(earliest, c.until);
  const takes = length > 0 ? same >= earliest : same > earliest;
  return takes ? same : clockAt(earliest.plus({ days: 1 }), c.until);
}

const HALF_DAY = 43_200;
/** A day with one hour put back. */
const LONGEST_DAY = 90_000;

export const wait = defineNode<Config>({
  kind: 'wait',
  version: 1,
  upgrades: {},
  config,
  defaults: { duration: 'P1D' },
  outlets: () => [{ id: 'next', label: { zh: '到时间', en: 'Then' } }],
  face: {
    group: 'time',
    icon: 'ClockCircleOutlined',
    title: { zh: '等待', en: 'Wait' },
    summary: (c, language) => {
      const long = seconds(c) > 0 ? durationWords(c.duration!)[language] : '';
      if (language === 'zh')
        return [long && `等待 ${long}`, c.until && `${long ? '' : '等'}至 ${c.until}`].filter(Boolean).join(' · ');
      return [long && `Wait ${long}`, c.until && `${long ? '' : 'wait '}until ${c.until}`].filter(Boolean).join(' · ');
    },
    keywords: ['延时', '时间', '钟点', 'delay', 'sleep', 'time'],
  },
  samples: samples<Config>(sevenDays, untilTen, tomorrowAtTen),
  needs: ['facts'],
  decide: (c, facts) => {
    const instant = endOfWait(DateTime.fromISO(facts.nodeEnteredAt, { zone: 'utc' }), c, facts.zone);
    return { type: 'until', instant: instant.toUTC().toISO()!, outlet: 'next' };
  },
  lower: (c, build) =>
    c.until === undefined
      ? build.wait(seconds(c), 'next')
      : build.waitUntil('next', { typical: seconds(c) || HALF_DAY, atMost: seconds(c) + LONGEST_DAY }),
});
