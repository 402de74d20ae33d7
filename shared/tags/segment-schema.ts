import { z } from 'zod';
import { CHANNELS } from '../messages/channels/index.ts';
import { conditionSchema } from '../rules/index.ts';
import { capSchema } from './caps.ts';
import { isKey } from './is-key.ts';
import type { SegmentFamily } from './ruleset.ts';

const words = z.strictObject({ zh: z.string().trim().min(1).max(500), en: z.string().trim().min(1).max(500) });

/** Ids are part of a key that has room for 1,024 bytes: 24 of them fit. */
const id = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,39}$/)
  .refine(isKey, { params: { code: 'key-characters' } });

/** Rules to choose from; a tag or segment works by its own alone. */
export const readingsSchema = z
  .array(z.strictObject({ name: words, when: conditionSchema }))
  .min(1)
  .max(5);

/** A segment as data. The goal is required: a group nobody wants anything from needs no messages (S47). */
export const segmentSchema = z.strictObject({
  id: id.meta({ label: { zh: '人群键', en: 'Key' } }),
  name: words.meta({ label: { zh: '名称', en: 'Name' }, widget: 'words' }),
  goal: words.meta({
    label: { zh: '目标', en: 'Goal' },
    help: { zh: '想让这些客户做什么', en: 'What these customers should do' },
    widget: 'words',
  }),
  when: conditionSchema.meta({ label: { zh: '条件', en: 'Condition' }, widget: 'condition' }),
  readings: readingsSchema.optional().meta({ label: { zh: '可选口径', en: 'Readings' } }),
  cap: capSchema.optional().meta({ label: { zh: '频控', en: 'Cap' }, widget: 'group' }),
  channels: z
    .array(z.enum(Object.keys(CHANNELS)))
    .min(1)
    .optional()
    .meta({ label: { zh: '触达渠道', en: 'Channels' }, widget: 'tags' }),
});

export const segmentFamilySchema: z.ZodType<SegmentFamily> = z.strictObject({
  id,
  name: words,
  order: z.array(id).min(2).max(24),
});
