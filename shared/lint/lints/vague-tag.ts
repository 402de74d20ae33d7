import { tagsOf } from '../../rules/index.ts';
import type { TagDefinition } from '../../tags/index.ts';
import type { Lint } from '../define-lint.ts';
import { aGarden, aTag } from '../examples.ts';
import type { Garden } from '../garden.ts';
import { wordIn } from '../names.ts';
import { isDuration, valuesIn } from '../values.ts';

/** A count, an amount or a time stands in the rule, or in that of a tag it looks at. Rulesets have no circles. */
const hasNumber = ({ when }: TagDefinition, garden: Garden): boolean =>
  when !== undefined &&
  (valuesIn(when).some((value) => typeof value === 'number' || isDuration(value)) ||
    tagsOf(when).some((key) => {
      const looked = garden.tag(key);
      return looked !== undefined && hasNumber(looked, garden);
    }));

const active = (more: Partial<TagDefinition>): TagDefinition => aTag('高活跃', more);
const vague = active({ when: { did: { event: 'Product Viewed' } } });
const exact = active({ when: { did: { event: 'Product Viewed', within: 'P7D', count: { op: 'gte', value: 3 } } } });

/** L3 (S27). That a tag has a rule or is set by hand is checked when the ruleset is read (`tag-no-rule`). */
export const vagueTag: Lint = {
  id: 'L3',
  code: 'vague-tag',
  title: { zh: '标签含糊', en: 'A vague tag' },
  why: {
    zh: '不说「高活跃」，要说「7 天内活跃 ≥3 次」。名称里有「高、较、很、经常、喜欢」一类的字，规则里却没有次数、金额或时间的，提醒。',
    en: 'Not “very active”, but “active three times in 7 days”. Told where the name says high, very, often, likes and so on, and no count, amount or time stands in the rule.',
  },
  check: (garden, { vague: words }) =>
    garden.ruleset.tags.flatMap((tag) => {
      const word = wordIn(`${tag.key} ${tag.name.zh} ${tag.name.en}`, words);
      if (word === undefined || hasNumber(tag, garden)) return [];
      return [
        {
          severity: 'warning' as const,
          ...garden.placeOf(tag, 'when'),
          message: {
            zh: `标签「${tag.name.zh}」的名称说「${word}」，规则里却没有数字：到多少才算？`,
            en: `The tag “${tag.name.en}” says “${word}”, but its rule has no number: how much is that?`,
          },
          next: {
            zh: '在规则里写明次数、金额或时间，例如 7 天内 ≥3 次；说不清就换个名称。',
            en: 'Put a count, an amount or a time into the rule, such as 3 times in 7 days; or give it another name.',
          },
        },
      ];
    }),
  wrong: {
    said: { zh: '看过一次就叫「高活跃」', en: 'One look makes somebody very active' },
    shown: vague,
    input: aGarden({ tags: [vague] }),
  },
  right: { said: { zh: '7 天内 ≥3 次', en: '3 times in 7 days' }, shown: exact, input: aGarden({ tags: [exact] }) },
};
