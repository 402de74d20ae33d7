import type { TagDefinition } from '../../tags/index.ts';
import { CONSULT, LOOKS, ORDER, VIEW } from './tags-vocabulary.ts';

const category = 'need';

const aversion = (key: string, en: string, excludes: readonly string[]): TagDefinition => ({
  key,
  name: { zh: key, en },
  category,
  manual: true,
  excludes,
  purpose: { zh: '排斥点：这类内容不发给她', en: 'An aversion: such content is not for her' },
});

/** S17–S20, S26, S49. */
export const needTags: readonly TagDefinition[] = [
  {
    key: '高意向',
    name: { zh: '3 天内看同一产品 ≥2 次', en: 'Looked at the same product twice in 3 days' },
    category,
    purpose: { zh: '针对这一款解决顾虑，推动下单', en: 'Answer doubts about that product and help her decide' },
    when: { did: { event: VIEW, within: 'P3D', by: 'properties.product_id', count: { op: 'gte', value: 2 } } },
  },
  {
    key: '意向未下单',
    name: { zh: '看过或问过，之后未下单', en: 'Looked or asked, no order since' },
    category,
    purpose: { zh: '意向客：解决顾虑，推动下单', en: 'A prospect: answer doubts, lead to an order' },
    when: { notFollowed: { event: [...LOOKS, CONSULT], by: { event: ORDER } } },
  },
  {
    key: '核心需求',
    name: { zh: '核心需求', en: 'Core need' },
    category,
    purpose: {
      zh: '30 天内看同一品类 ≥3 次：推送该品类内容；写成「护肤-抗衰」的品类有两级',
      en: 'Looked at a category 3 times in 30 days: content about it; “skin-ageing” has two levels',
    },
    family: { by: 'properties.category', bound: 6, split: '-' },
    when: { did: { event: VIEW, within: 'P30D', count: { op: 'gte', value: 3 } } },
  },
  {
    key: '潜在需求',
    name: { zh: '潜在需求', en: 'May need' },
    category,
    purpose: { zh: '买过面霜未买精华：搭配推荐', en: 'Bought cream, no serum yet: recommend the match' },
    infer: {
      event: ORDER,
      of: 'properties.products.category',
      table: [
        { from: ['面霜'], to: ['精华'] },
        { from: ['奶粉'], to: ['辅食'] },
        { from: ['笔记本'], to: ['鼠标'] },
      ],
    },
  },
  aversion('拒绝低价产品', 'Wants no cheap products', ['低价']),
  aversion('不接受上门服务', 'Wants no home visits', ['上门服务']),
];
