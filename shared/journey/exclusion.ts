/**
 * Who is kept out of a journey, whoever else may come in: holders of some tags, members of some segments. The key of a
 * family of tags means any tag of it.
 */
import { z } from 'zod';
import { type Condition, type Names, sentence } from '../rules/index.ts';
import type { Words } from '../words.ts';
import { became, type Happening } from './triggers/index.ts';

export interface Exclusion {
  readonly tags?: readonly string[];
  readonly segments?: readonly string[];
  /** Who becomes one of them on the way leaves at once; else she walks on to the end. */
  readonly ends?: true;
}

const keys = z.array(z.string().min(1).max(200)).max(20);

export const exclusionSchema = z.strictObject({
  tags: keys.optional(),
  segments: keys.optional(),
  ends: z.literal(true).optional(),
});

/** That she is one of them; undefined where nobody is named. */
export function exclusionCondition(exclusion: Exclusion = {}): Condition | undefined {
  const named = ways(exclusion);
  return named.length > 1 ? ({ any: named } as Condition) : named[0];
}

/** By this she becomes one of them, and may not stay. */
export function endsByExclusion(exclusion: Exclusion | undefined, happening: Happening): boolean {
  if (exclusion?.ends === undefined) return false;
  const { tags = [], segments = [] } = exclusion;
  const { tag, segment } = became(happening);
  if (tag !== undefined) return tags.some((key) => tag === key || tag.startsWith(`${key}:`));
  return segment !== undefined && segments.includes(segment);
}

export function exclusionWords(exclusion: Exclusion, names?: Names): Words {
  const said = ways(exclusion).map((one) => sentence(one, names));
  const { ends } = exclusion;
  return {
    zh: said.map(({ zh }) => zh).join('，或') + (ends ? '；途中变成这样就离开' : ''),
    en: `who ${said.map(({ en }) => en).join(', or ')}${ends ? '; who becomes so on the way leaves' : ''}`,
  };
}

const ways = ({ tags = [], segments = [] }: Exclusion): Condition[] => [
  ...tags.map((tag) => ({ tag })),
  ...segments.map((segment) => ({ segment })),
];
