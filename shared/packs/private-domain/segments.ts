import type { Condition } from '../../rules/index.ts';
import type { SegmentDefinition, SegmentFamily } from '../../tags/index.ts';
import { ORDER } from './tags-vocabulary.ts';

/** A category as an example; whoever chooses the reading names her own. */
const BOUGHT_ONE = ['买过', '面霜'].join(':');
const ORDERED_BEFORE: Condition = { any: [{ tag: '老客' }, { tag: '复购客' }] };

/** The five groups of S47–S52; 老客 has readings by category and number of orders to choose from (S50). */
export const privateDomainSegments: readonly SegmentDefinition[] = [
  {
    id: 'new-customers',
    name: { zh: '新客群体', en: 'New customers' },
    goal: { zh: '建立信任、引导首次消费', en: 'Build trust, lead to the first order' },
    when: {
      all: [
        { tag: '新客' },
        { any: [{ tag: '渠道-公众号' }, { tag: '渠道-直播' }, { tag: '渠道-门店' }, { tag: '渠道-推荐' }] },
        { not: { did: { event: ORDER } } },
      ],
    },
  },
  {
    id: 'prospects',
    name: { zh: '意向客群体', en: 'Prospects' },
    goal: { zh: '解决顾虑、推动下单', en: 'Answer doubts, lead to an order' },
    when: {
      all: [{ any: [{ tag: '浏览' }, { tag: '咨询过' }] }, { tag: '意向未下单' }],
    },
  },
  {
    id: 'regulars',
    name: { zh: '老客群体', en: 'Customers' },
    goal: { zh: '促进复购、提升客单价', en: 'Lead to the next order, and to larger ones' },
    when: { all: [ORDERED_BEFORE, { did: { event: ORDER, within: 'P365D' } }] },
    readings: [
      {
        name: { zh: '所有品类，一年内下过单', en: 'Any category, an order within a year' },
        when: { all: [ORDERED_BEFORE, { did: { event: ORDER, within: 'P365D' } }] },
      },
      {
        name: { zh: '买过某个品类，下单 1–3 次', en: 'One category, one to three orders' },
        when: {
          all: [ORDERED_BEFORE, { tag: BOUGHT_ONE }, { did: { event: ORDER, count: { op: 'lte', value: 3 } } }],
        },
      },
      {
        name: { zh: '买过某个品类，下单 ≥4 次', en: 'One category, four orders or more' },
        when: {
          all: [ORDERED_BEFORE, { tag: BOUGHT_ONE }, { did: { event: ORDER, count: { op: 'gte', value: 4 } } }],
        },
      },
    ],
  },
  {
    id: 'high-value',
    name: { zh: '高价值群体', en: 'High-value customers' },
    goal: { zh: '维护粘性、引导转介绍', en: 'Keep them close, lead to referrals' },
    when: { all: [{ tag: 'VIP' }, { tag: '高客单' }, { tag: '复购3次' }] },
  },
  {
    id: 'dormant',
    name: { zh: '沉默群体', en: 'Dormant customers' },
    goal: { zh: '唤醒激活、挽回流失', en: 'Wake them up, win them back' },
    when: { any: [{ tag: '沉默7天' }, { tag: '30天未消费' }] },
  },
];

/** S53: who is in several is spoken to as one of the first. */
export const customerGroups: SegmentFamily = {
  id: 'customer-groups',
  name: { zh: '五类核心群体', en: 'The five groups' },
  order: ['high-value', 'prospects', 'dormant', 'regulars', 'new-customers'],
};
