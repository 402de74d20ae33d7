import { z } from 'zod';
import { durationSeconds } from '../duration.ts';
import { COMPARISONS } from '../events/index.ts';
import { PATH_ROOTS } from './seen.ts';

/** Schemas that several operators share, with the labels for their forms. */
const name = z.string().min(1).max(200);

export const eventField = z.union([name, z.array(name).min(1).max(50)]).meta({
  label: { zh: '事件', en: 'Event' },
  help: { zh: '一个或几个事件名；* 表示任何事件', en: 'One or several event names; * for any event' },
  widget: 'event-name',
});

export const exceptField = z
  .array(name)
  .max(50)
  .optional()
  .meta({
    label: { zh: '不算这些', en: 'But not' },
    help: { zh: '与 * 一起用：这些事件不算', en: 'For use with *: events that do not count' },
    widget: 'event-name',
  });

const PATH = /^[A-Za-z_$][\w$-]*(\.[\p{L}\p{N}_$-]+)*$/u;
const ROOT = new Set<string>(PATH_ROOTS);

/** A path into an event. */
export const eventPath = z
  .string()
  .max(200)
  .refine((path) => PATH.test(path) && ROOT.has(path.split('.')[0] as string), {
    params: { code: 'rule-path' },
    error: 'properties.…, context.… or traits.…',
  });

export const comparison = z.enum(COMPARISONS);

export const whereField = z
  .array(z.strictObject({ path: eventPath, op: comparison, value: z.unknown().optional() }))
  .max(20)
  .optional()
  .meta({
    label: { zh: '且事件的属性', en: 'Where' },
    help: { zh: '全部成立才算', en: 'All must hold' },
    widget: 'property-tests',
  });

const LONGEST_SECONDS = 3660 * 86_400;

export const duration = z.string().refine(
  (text) => {
    const seconds = durationSeconds(text);
    return seconds !== undefined && seconds > 0 && seconds <= LONGEST_SECONDS;
  },
  { params: { code: 'rule-duration' }, error: 'ISO 8601: P7D, PT2H' },
);

export const withinField = duration.optional().meta({
  label: { zh: '最近多久内', en: 'In the last' },
  help: {
    zh: '不填则从第一次算起；「最近 7 天」不含整 7 天前的那一刻',
    en: 'Empty: ever. “The last 7 days” at t is (t − 7 d, t]',
  },
  widget: 'duration',
});

export const countOp = z.enum(['eq', 'ne', 'gt', 'gte', 'lt', 'lte']).meta({
  label: { zh: '比较', en: 'Comparison' },
  widget: 'choice',
});

/** Which events an operator means. */
export const eventFields = { event: eventField, except: exceptField, where: whereField };
