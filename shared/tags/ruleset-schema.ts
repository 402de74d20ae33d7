import { z } from 'zod';
import { conditionSchema, durationSchema, eventFields, eventPathSchema, withinSchema } from '../rules/index.ts';
import { capsSchema } from './caps.ts';
import { checkRuleset } from './check-ruleset.ts';
import { isKey } from './is-key.ts';
import type { Ruleset } from './ruleset.ts';
import { readingsSchema, segmentFamilySchema, segmentSchema } from './segment-schema.ts';
import { MAX_SEGMENTS } from './segments.ts';

const wordsSchema = z.strictObject({ zh: z.string().min(1).max(500), en: z.string().min(1).max(500) });
const key = z
  .string()
  .min(1)
  .max(100)
  .refine((text) => text === '' || isKey(text), {
    params: { code: 'key-characters' },
  });

const values = z.array(key).min(1).max(50);

const inferenceSchema = z.strictObject({
  ...eventFields,
  of: eventPathSchema.meta({
    label: { zh: '看哪个属性', en: 'By which property' },
    help: { zh: '例如商品的品类 products.category', en: 'For example the category of products: products.category' },
    widget: 'property',
  }),
  within: withinSchema,
  table: z
    .array(z.strictObject({ from: values, to: values }))
    .min(1)
    .max(100)
    .meta({
      label: { zh: '有过什么，可能需要什么', en: 'Who had this may need that' },
      widget: 'inference-table',
    }),
  again: z
    .literal(true)
    .optional()
    .meta({
      label: { zh: '已有过的也算', en: 'Also who had it' },
      help: { zh: '例如补货', en: 'For example to buy again' },
      widget: 'switch',
    }),
});

/** A tag as data, with what its form needs to know. */
export const tagSchema = z.strictObject({
  key: key.meta({ label: { zh: '标签键', en: 'Key' } }),
  name: wordsSchema.meta({ label: { zh: '名称', en: 'Name' }, widget: 'words' }),
  category: key.meta({
    label: { zh: '分类', en: 'Category' },
    help: { zh: '选一类，或写一个新的', en: 'Choose one, or write a new one' },
    widget: 'category',
  }),
  purpose: wordsSchema.optional().meta({
    label: { zh: '用途', en: 'Purpose' },
    help: { zh: '因为这个标签，会对客户做什么', en: 'What is done for a customer because of this tag' },
    widget: 'words',
  }),
  description: wordsSchema.optional().meta({ label: { zh: '说明', en: 'Description' }, widget: 'words' }),
  // Chosen from beside the rule.
  readings: readingsSchema.optional().meta({ label: { zh: '可选口径', en: 'Readings' } }),
  when: conditionSchema.optional().meta({ label: { zh: '规则', en: 'Rule' }, widget: 'condition' }),
  sticky: z
    .literal(true)
    .optional()
    .meta({
      label: { zh: '一旦成立永远保留', en: 'Once true, for ever' },
      help: { zh: '规则成立过一次就不再去掉', en: 'Stays although the rule no longer holds' },
      widget: 'switch',
    }),
  manual: z
    .literal(true)
    .optional()
    .meta({
      label: { zh: '可手动打标', en: 'Set by hand' },
      help: { zh: '员工和旅程也可以打上或去掉', en: 'Staff and journeys may set it and take it away' },
      widget: 'switch',
    }),
  ttl: durationSchema.optional().meta({
    label: { zh: '有效期', en: 'Time to live' },
    help: { zh: '这么久没有再确认就去掉', en: 'It goes this long after it was last confirmed' },
    widget: 'duration',
  }),
  // Chosen together with the levels of the group.
  group: key.optional().meta({ label: { zh: '互斥组', en: 'Exclusive group' } }),
  family: z
    .strictObject({
      by: eventPathSchema.meta({
        label: { zh: '按哪个属性分开', en: 'One for each' },
        help: { zh: '例如 product_id：每个产品一个标签', en: 'For example product_id: a tag for each product' },
        widget: 'property',
      }),
      bound: z
        .int()
        .min(1)
        .max(200)
        .meta({
          label: { zh: '每位客户最多几个', en: 'At most, for a customer' },
          help: { zh: '超出时，最久没动过的先去掉', en: 'Beyond, the one longest untouched goes' },
          widget: 'number',
        }),
      split: z
        .string()
        .min(1)
        .max(5)
        .optional()
        .meta({
          label: { zh: '分级符号', en: 'Sign between levels' },
          help: {
            zh: '例如「-」：护肤-抗衰也算一次护肤',
            en: 'For example “-”: skin-ageing counts for skin, too',
          },
          widget: 'text',
        }),
    })
    .optional()
    .meta({
      label: { zh: '按值分成一族', en: 'One tag for each value' },
      help: {
        zh: '「浏览」分成「浏览：面霜」「浏览：精华」……',
        en: '“Viewed” becomes “Viewed: cream”, “Viewed: serum” …',
      },
      widget: 'group',
    }),
  infer: inferenceSchema.optional().meta({ label: { zh: '推导表', en: 'Inference table' }, widget: 'group' }),
  excludes: z
    .array(key)
    .min(1)
    .max(50)
    .optional()
    .meta({
      label: { zh: '排斥的内容主题', en: 'Topics not for her' },
      help: {
        zh: '有此标签的客户，不会收到涉及这些主题的消息',
        en: 'Who has this tag is sent no message about these topics',
      },
      widget: 'topics',
    }),
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
