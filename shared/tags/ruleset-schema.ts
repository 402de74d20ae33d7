import { z } from 'zod';
import { conditionSchema, durationSchema, eventFields, eventPathSchema } from '../rules/index.ts';
import { capsSchema } from './caps.ts';
import { checkRuleset } from './check-ruleset.ts';
import type { Ruleset } from './ruleset.ts';
import { segmentFamilySchema, segmentSchema } from './segment-schema.ts';
import { MAX_SEGMENTS } from './segments.ts';

const wordsSchema = z.strictObject({ zh: z.string().min(1).max(500), en: z.string().min(1).max(500) });
const key = z.string().min(1).max(100);

const values = z.array(key).min(1).max(50);

const inferenceSchema = z.strictObject({
  ...eventFields,
  of: eventPathSchema,
  within: durationSchema.optional(),
  table: z
    .array(z.strictObject({ from: values, to: values }))
    .min(1)
    .max(100),
  again: z.literal(true).optional(),
});

const tagSchema = z.strictObject({
  key: key.meta({ label: { zh: '标签', en: 'Tag' }, widget: 'text' }),
  name: wordsSchema.meta({ label: { zh: '名称', en: 'Name' }, widget: 'words' }),
  category: key.meta({ label: { zh: '分类', en: 'Category' }, widget: 'text' }),
  purpose: wordsSchema.optional().meta({ label: { zh: '用途', en: 'Purpose' }, widget: 'words' }),
  when: conditionSchema.optional().meta({ label: { zh: '规则', en: 'Rule' }, widget: 'condition' }),
  sticky: z
    .literal(true)
    .optional()
    .meta({ label: { zh: '一旦成立永远保留', en: 'Once true, for ever' }, widget: 'switch' }),
  manual: z
    .literal(true)
    .optional()
    .meta({ label: { zh: '可手动打标', en: 'Set by hand' }, widget: 'switch' }),
  ttl: durationSchema.optional().meta({ label: { zh: '有效期', en: 'Time to live' }, widget: 'duration' }),
  group: key.optional().meta({ label: { zh: '互斥组', en: 'Exclusive group' }, widget: 'text' }),
  family: z
    .strictObject({ by: eventPathSchema, bound: z.int().min(1).max(200) })
    .optional()
    .meta({ label: { zh: '标签族', en: 'Family' }, widget: 'family' }),
  infer: inferenceSchema.optional().meta({ label: { zh: '推导表', en: 'Inference table' }, widget: 'inference' }),
  excludes: z
    .array(key)
    .min(1)
    .max(50)
    .optional()
    .meta({ label: { zh: '排斥的内容主题', en: 'Topics not for her' }, widget: 'tags' }),
});

/** A ruleset as data. Beyond shapes it checks what check-ruleset.ts lists; parseRuleset() says it all in words. */
export const rulesetSchema: z.ZodType<Ruleset> = z
  .strictObject({
    version: z.int().min(0),
    zone: z.string().refine(isZone, { params: { code: 'ruleset-zone' }, error: 'IANA zone, such as Asia/Shanghai' }),
    groups: z.array(z.strictObject({ id: key, name: wordsSchema, levels: z.array(key).min(2).max(20) })).max(100),
    tags: z.array(tagSchema).max(2000),
    segments: z.array(segmentSchema).max(MAX_SEGMENTS).optional(),
    segmentFamilies: z.array(segmentFamilySchema).max(10).optional(),
    caps: capsSchema.optional(),
  })
  .check((ctx) => {
    for (const { path, code, params } of checkRuleset(ctx.value as Ruleset)) {
      ctx.issues.push({
        code: 'custom',
        input: ctx.value,
        path: [...path],
        message: code,
        params: { code, ...params },
      });
    }
  });

function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }) !== undefined;
  } catch {
    return false;
  }
}
