import { isoOf, msOf } from '../../instants.ts';
import { lastsForEver } from '../../rules/index.ts';
import type { TagDefinition } from '../../tags/index.ts';
import type { Found, Lint } from '../define-lint.ts';
import { aGarden, aTag } from '../examples.ts';
import type { Garden } from '../garden.ts';

/** Nothing takes it away: no time, no event, no hand, no other level of its group, no newer value of its family. */
const staysUnasked = ({ when, sticky, manual, ttl, group, family }: TagDefinition): boolean =>
  when !== undefined && [sticky, manual, ttl, group, family].every((part) => part === undefined) && lastsForEver(when);

const interested = (more: Partial<TagDefinition>): TagDefinition => aTag('想买面霜', more);
const viewed = { event: 'Product Viewed', where: [{ path: 'properties.category', op: 'eq', value: '面霜' }] } as const;
const wrong = interested({ when: { did: viewed } });
const right = interested({ when: { did: { ...viewed, within: 'P30D' } } });

/** Somebody has it, and nobody got it for so long. */
function quiet({ ruleset, usage, placeOf }: Garden, days: number): Found[] {
  if (usage === undefined) return [];
  const since = isoOf(msOf(usage.now) - days * DAY);
  return ruleset.tags.flatMap((tag) => {
    const use = usage.tags[tag.key];
    if (use === undefined || use.newest > since) return [];
    const day = use.newest.slice(0, 10);
    return [
      {
        severity: 'warning' as const,
        ...placeOf(tag, 'when'),
        message: {
          zh: `${days} 天没有客户得到标签「${tag.name.zh}」了，最近一次是 ${day}${use.partly ? '（看了编号在前的一部分客户）' : ''}。`,
          en: `Nobody got the tag “${tag.name.en}” for ${days} days; the last time was ${day}${use.partly ? ' (of the first customers by their ids)' : ''}.`,
        },
        next: {
          zh: '看看它听的事件还来不来，规则还对不对；不再用就删去。',
          en: 'Look whether the events that it listens to still come, and its rule is still right; remove it if it is of no use any more.',
        },
      },
    ];
  });
}

const DAY = 86_400_000;

/**
 * L5 (S116, S38). When a customer was last confirmed in a tag that she has is not kept (but for a time to live); looked
 * at is when anybody last got it.
 */
export const staleTag: Lint = {
  id: 'L5',
  code: 'stale-tag',
  title: { zh: '标签只进不出', en: 'A tag that never goes' },
  why: {
    zh: '标签不更新，触达就会错位。自动打上的标签，规则一旦成立就永远成立，又没有有效期，也没有声明「一旦成立永远保留」的，提醒。互斥组、标签族和可手动的标签有别的去处，不算。有人有、但 90 天没有客户新得到的标签，也提醒（只看得到客户时才说，检查文件时不说）。',
    en: 'A tag that is not kept up to date speaks to the wrong people. Told where an automatic tag’s rule, once true, is true for ever, with no time to live, and nobody has said that it is meant so (`sticky`). Levels of a group, families and tags set by hand go by other ways. Told as well where somebody has a tag and nobody got it for 90 days (where customers are known, so not of files).',
  },
  check: (garden, { staleDays }) => [
    ...garden.ruleset.tags.filter(staysUnasked).map((tag) => ({
      severity: 'warning' as const,
      ...garden.placeOf(tag, 'ttl'),
      message: {
        zh: `标签「${tag.name.zh}」打上之后永远不会去掉。`,
        en: `The tag “${tag.name.en}” never goes once it is there.`,
      },
      next: {
        zh: '给规则加时间窗（within），或给标签加有效期（ttl）；确实要永远保留，就设 sticky 为 true。',
        en: 'Give the rule a window (within) or the tag a time to live (ttl); if it is meant for ever, set sticky to true.',
      },
    })),
    ...quiet(garden, staleDays),
  ],
  wrong: {
    said: { zh: '看过一次，三年后还「想买」', en: 'One look, and three years later she still “wants it”' },
    shown: wrong,
    input: aGarden({ tags: [wrong] }),
  },
  right: {
    said: { zh: '30 天内看过才算', en: 'Only looks of the last 30 days count' },
    shown: right,
    input: aGarden({ tags: [right] }),
  },
};
