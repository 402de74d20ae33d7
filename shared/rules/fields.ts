import { z } from 'zod';
import { durationSeconds } from '../duration.ts';
import { COMPARISONS, type ComparisonName } from '../events/index.ts';
import { optionsOf } from '../form/fields.ts';
import { COUNT_WORDS } from './compare.ts';
import { PATH_ROOTS } from './seen.ts';

/** Schemas that several operators share, with the labels for their forms. */
const name = z.string().min(1).max(200);

export const eventField = z.union([name, z.array(name).min(1).max(50)]).meta({
  label: { zh: '事件', en: 'Event' },
  help: { zh: '可选几个，做了其中任何一个都算', en: 'May be several; any of them counts' },
  widget: 'event-name',
});

export const exceptField = z
  .array(name)
  .max(50)
  .optional()
  .meta({
    label: { zh: '不算这些', en: 'But not' },
    help: { zh: '「任何事件」里要排除的', en: 'Events that do not count, where any event does' },
    widget: 'event-name',
  });

const PATH = /^[A-Za-z_$][\w$-]*(\.[\p{L}\p{N}_$-]+)*$/u;
const ROOT = new Set<string>(PATH_ROOTS);

/** A path into an event. */
export const eventPath = z
  .string()
  .min(1, { abort: true })
  .max(200)
  .refine((path) => PATH.test(path) && ROOT.has(path.split('.')[0] as string), {
    params: { code: 'rule-path' },
    error: 'properties.…, context.… or traits.…',
  });

/** What can be compared so at all; anything else would never be true, and nobody would see why. */
const FITS: Readonly<Record<ComparisonName, (value: unknown) => boolean>> = {
  eq: isShort,
  ne: isShort,
  gt: isOrdered,
  gte: isOrdered,
  lt: isOrdered,
  lte: isOrdered,
  in: (value) => Array.isArray(value) && value.length > 0 && value.length <= 500 && value.every(isShort),
  contains: isShort,
  prefix: (value) => typeof value === 'string' && value !== '' && isShort(value),
  exists: (value) => typeof value === 'boolean',
};
const LONGEST_VALUE = 2000;
function isShort(value: unknown): boolean {
  return JSON.stringify(value).length <= LONGEST_VALUE;
}
function isOrdered(value: unknown): boolean {
  return typeof value === 'number' || (typeof value === 'string' && value !== '' && isShort(value));
}

/** A value at a path compares so; only whether there is one needs nothing to compare with. */
export const testSchema = <P extends z.ZodType<string>>(path: P) =>
  z
    .strictObject({ path, op: z.enum(COMPARISONS), value: z.unknown().optional() })
    .refine(({ op, value }) => op === 'exists' || value !== undefined, {
      path: ['value'],
      params: { code: 'rule-field-missing' },
    })
    .refine(({ op, value }) => value === undefined || FITS[op](value), {
      path: ['value'],
      params: { code: 'rule-value' },
    });

export const whereField = z
  .array(testSchema(eventPath))
  .max(20)
  .optional()
  .meta({
    label: { zh: '事件属性', en: 'Where' },
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
    zh: '不填则从第一次算起',
    en: 'Empty: ever',
  },
  widget: 'duration',
});

export const countOp = z.enum(['gte', 'lte', 'gt', 'lt', 'eq', 'ne']).meta({
  label: { zh: '比较', en: 'Comparison' },
  widget: 'choice',
  options: optionsOf(COUNT_WORDS),
});

/** So many of something; for the widget `count`. */
export const countSchema = z.strictObject({ op: countOp, value: z.int().min(0).max(100) });

/** Which events an operator means. */
export const eventFields = { event: eventField, except: exceptField, where: whereField };
