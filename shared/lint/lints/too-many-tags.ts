import { takesValues } from '../../tags/index.ts';
import type { Words } from '../../words.ts';
import type { Found, Lint } from '../define-lint.ts';
import { aGarden, aGroup, aTag } from '../examples.ts';
import type { Garden } from '../garden.ts';

const many = (count: number) =>
  Array.from({ length: count }, (_, i) =>
    aTag(`标签${i + 1}`, { when: { nth: { event: 'Order Completed', n: i + 1 } } }),
  );

const tagCount = (n: number): Words => ({ zh: `${n} 个标签`, en: `${n} tags` });

function wideFamilies({ ruleset, usage, placeOf }: Garden, most: number): Found[] {
  return ruleset.tags.flatMap((tag) => {
    const { values = 0, partly = false } = (takesValues(tag) && usage?.tags[tag.key]) || {};
    if (values <= most) return [];
    return [
      {
        severity: 'warning' as const,
        ...placeOf(tag, 'family'),
        message: {
          zh: `标签族「${tag.name.zh}」在客户身上${partly ? '至少' : ''}有 ${values} 个值，超过 ${most} 个，没有人能逐个用上。`,
          en: `The family “${tag.name.en}” has ${partly ? 'at least ' : ''}${values} values among customers, more than ${most}: nobody can use them one by one.`,
        },
        next: {
          zh: '按更粗的属性分（品类而不是商品），或只在文案里用它找到的值。',
          en: 'Take a coarser property (the category, not the product), or use only the value found, in texts.',
        },
      },
    ];
  });
}

/**
 * L1 (S3, S115, S120). Values of families are counted where customers are known, so not in files. Not covered: WeCom's
 * own limit of 3,000, which a ruleset (2,000 tags at most) cannot reach without families.
 */
export const tooManyTags: Lint = {
  id: 'L1',
  code: 'too-many-tags',
  title: { zh: '标签过多', en: 'Too many tags' },
  why: {
    zh: '标签不是越多越好：几十个用得上的，胜过几百个没人看的。超过 50 个标签或 8 个互斥组时提醒，超过 300 个或 20 个时是错误。一族标签（例如浏览过的每个商品各一个）在所有客户身上超过 200 个值，也提醒。',
    en: 'More tags are not better: a few dozen in use beat hundreds that nobody looks at. A warning beyond 50 tags or 8 exclusive groups, an error beyond 300 or 20. A warning, too, where a family (“looked at: …”) has more than 200 values among all customers.',
  },
  check: (garden, limits) => {
    const { ruleset } = garden;
    const over = (
      count: number,
      limit: { readonly warn: number; readonly error: number },
      field: string,
      what: (n: number) => Words,
    ): Found[] => {
      if (count <= limit.warn) return [];
      const isError = count > limit.error;
      const most = isError ? limit.error : limit.warn;
      return [
        {
          severity: isError ? 'error' : 'warning',
          field,
          message: {
            zh: `现在有 ${what(count).zh}，超过 ${most} 个，没有人管得过来。`,
            en: `There are ${what(count).en}, more than ${most}: nobody can look after so many.`,
          },
          next: {
            zh: '先删去没有旅程、人群或内容用到的，再合并意思相近的。',
            en: 'Remove those that no journey, segment or message uses, then join those that mean much the same.',
          },
        },
      ];
    };
    return [
      ...over(ruleset.tags.length, limits.tags, 'tags', tagCount),
      ...over(ruleset.groups.length, limits.groups, 'groups', (n) => ({
        zh: `${n} 个互斥组`,
        en: `${n} exclusive groups`,
      })),
      ...wideFamilies(garden, limits.familyValues),
    ];
  },
  wrong: {
    said: { zh: '51 个标签', en: '51 tags' },
    shown: { tags: 51, groups: 1 },
    input: aGarden({ tags: many(51), groups: [aGroup('level', [])] }),
  },
  right: {
    said: { zh: '50 个标签', en: '50 tags' },
    shown: { tags: 50, groups: 1 },
    input: aGarden({ tags: many(50), groups: [aGroup('level', [])] }),
  },
};
