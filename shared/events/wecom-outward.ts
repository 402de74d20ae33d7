import { z } from 'zod';
import type { WeComFollow } from './wecom-contact.ts';

/**
 * Which of our tags go to WeCom as corp tags (S31), and what they are called there. WeCom's console takes names of 15
 * characters in some places and 30 in others: the shorter fits both. A family gives a corp tag for each of its values,
 * called by the value.
 */
export const outwardSchema = z
  .array(
    z.strictObject({
      tag: z.string().min(1).max(100),
      group: z.string().trim().min(1).max(15),
      /** The tag's own name, or for a family the value, where absent. */
      name: z.string().trim().min(1).max(15).optional(),
    }),
  )
  .max(200)
  .refine((all) => new Set(all.map(({ tag }) => tag)).size === all.length, { error: 'each tag once' });

export type Outward = z.infer<typeof outwardSchema>;

/** The most that WeCom takes as a name; longer values of a family stay here. */
const MOST = 15;

export interface CorpName {
  readonly group: string;
  readonly name: string;
}

/** What a tag is called there; undefined where it does not go out. */
export function corpNameOf(key: string, outward: Outward, nameOf: (key: string) => string): CorpName | undefined {
  const own = outward.find(({ tag }) => tag === key);
  if (own !== undefined) return fitting(own.group, own.name ?? nameOf(key));
  const family = outward.find(({ tag }) => key.startsWith(`${tag}:`));
  return family && fitting(family.group, key.slice(family.tag.length + 1));
}

/** Does the tag, or the family whose value it is, go out? */
export const isOutward = (key: string, outward: Outward): boolean =>
  outward.some(({ tag }) => key === tag || key.startsWith(`${tag}:`));

const fitting = (group: string, name: string): CorpName | undefined =>
  [...name].length > MOST || name === '' ? undefined : { group, name };

/** What is to be changed on one relation so that it has those wanted and none of the others. */
export function marksFor(
  { tags }: Pick<WeComFollow, 'tags'>,
  wanted: readonly { readonly id: string; readonly has: boolean }[],
): { readonly add: readonly string[]; readonly remove: readonly string[] } {
  const there = new Set(tags.map(({ tag_id }) => tag_id));
  return {
    add: wanted.filter(({ id, has }) => has && !there.has(id)).map(({ id }) => id),
    remove: wanted.filter(({ id, has }) => !has && there.has(id)).map(({ id }) => id),
  };
}

/** In the detail of news: who takes it elsewhere listens for its name (`infra/topology.ts`). */
export const TO_WECOM = { outward: ['wecom'] };

/** Changes that come from WeCom itself: they are there already, and do not go back. */
export const FROM_WECOM: readonly string[] = ['WeCom Tag Added', 'WeCom Tag Removed'];
