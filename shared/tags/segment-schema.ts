import { z } from 'zod';
import { conditionSchema } from '../rules/index.ts';
import type { SegmentDefinition } from './ruleset.ts';

const words = z.strictObject({ zh: z.string().min(1).max(500), en: z.string().min(1).max(500) });

/** A segment as data. The goal is required: a group nobody wants anything from needs no messages (S47). */
export const segmentSchema: z.ZodType<SegmentDefinition> = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]{0,63}$/),
  name: words,
  goal: words,
  when: conditionSchema,
});
