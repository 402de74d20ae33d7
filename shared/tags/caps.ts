import { z } from 'zod';
import { durationSeconds } from '../duration.ts';
import { type Duration, durationSchema } from '../rules/index.ts';
import type { Words } from '../words.ts';

/** At most so many marketing messages in any stretch of this length, over all journeys and channels (S83–S85). */
export interface Cap {
  readonly most: number;
  /** Fewer than this in such a stretch, and a hint says so; it holds and sends nothing. */
  readonly least?: number | undefined;
  readonly within: Duration;
}

/** The cap of customers who have one of these tags. Tags that nobody has hold nobody. */
export interface LifecycleCap extends Cap {
  readonly name: Words;
  readonly tags: readonly string[];
}

/** How often customers may be written to; data of the tenant, kept and versioned with the ruleset. */
export interface Caps {
  /** Marketing messages on one calendar day of the tenant's zone, whoever she is; absent: no such ceiling (S86). */
  readonly perDay?: number;
  /** The first that fits her is hers, unless the segment that she belongs to has a cap of its own. */
  readonly lifecycle: readonly LifecycleCap[];
}

/** So many sends are remembered of each customer; no cap can allow more. */
export const MOST_IN_CAP = 20;
const LONGEST_DAYS = 366;

const words = z.strictObject({ zh: z.string().trim().min(1).max(100), en: z.string().trim().min(1).max(100) });
const most = z.int().min(1).max(MOST_IN_CAP);
const within = durationSchema.refine(
  (duration) => {
    const seconds = durationSeconds(duration) ?? 0;
    return seconds > 0 && seconds <= LONGEST_DAYS * 86_400;
  },
  { params: { code: 'cap-within' } },
);

const least = z.int().min(1).max(MOST_IN_CAP).optional();
const LEAST = { path: ['least'], params: { code: 'cap-least' } };
const inOrder = ({ least: low, most: high }: Cap): boolean => low === undefined || low <= high;

export const capSchema: z.ZodType<Cap> = z.strictObject({ most, least, within }).refine(inOrder, LEAST);

export const capsSchema: z.ZodType<Caps> = z.strictObject({
  perDay: most.optional(),
  lifecycle: z
    .array(
      z
        .strictObject({ name: words, tags: z.array(z.string().min(1).max(100)).min(1).max(50), most, least, within })
        .refine(inOrder, LEAST),
    )
    .max(20),
});

/** What holds where a ruleset says nothing: the numbers of S83–S86, for the tags of the shipped packs. */
export const DEFAULT_CAPS: Caps = {
  perDay: 1,
  lifecycle: [
    {
      name: { zh: '沉默客户', en: 'Silent customers' },
      tags: ['沉默7天', '沉默15天', '沉默30天', '生命周期-沉默', '生命周期-流失'],
      most: 2,
      least: 1,
      within: 'P30D',
    },
    { name: { zh: '新客', en: 'New customers' }, tags: ['新客', '生命周期-新客'], most: 2, least: 1, within: 'P7D' },
    {
      name: { zh: '老客', en: 'Regular customers' },
      tags: ['老客', '复购客', 'VIP', '生命周期-成长'],
      most: 3,
      least: 2,
      within: 'P7D',
    },
  ],
};
