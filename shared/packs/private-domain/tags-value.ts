import type { Condition } from '../../rules/index.ts';
import type { TagDefinition } from '../../tags/index.ts';
import { ORDER } from './tags-vocabulary.ts';

const category = 'value';

const level = (key: string, en: string, purpose: TagDefinition['purpose'], when: Condition): TagDefinition => ({
  key,
  name: { zh: key, en },
  category,
  group: 'level',
  purpose,
  when,
});

const basket = (key: string, en: string, from: number, purpose: TagDefinition['purpose']): TagDefinition => ({
  key,
  name: { zh: key, en },
  category,
  group: 'basket',
  purpose,
  when: { avg: { event: ORDER, of: 'properties.total', op: 'gte', value: from } },
});

/** S21–S24, S37. 复购 counts the orders after the first, unless the other reading is chosen: 复购 3 次 is the fourth order. */
export const valueTags: readonly TagDefinition[] = [
  level(
    '新客',
    'New customer',
    { zh: '建立信任，引导首次消费', en: 'Build trust, lead to the first order' },
    { not: { did: { event: ORDER } } },
  ),
  level(
    '老客',
    'Customer',
    { zh: '售后回访，引导复购', en: 'After-sales care, lead to the second order' },
    { did: { event: ORDER } },
  ),
  level(
    '复购客',
    'Repeat customer',
    { zh: '提升客单价，搭配推荐', en: 'Larger baskets, matching products' },
    { did: { event: ORDER, count: { op: 'gte', value: 2 } } },
  ),
  {
    ...level(
      'VIP',
      'VIP',
      { zh: '一对一维护，不进群发', en: 'Cared for in person, kept out of mass messages' },
      { sum: { event: ORDER, of: 'properties.total', op: 'gte', value: 3000 } },
    ),
    manual: true,
  },
  {
    // By hand or by the journey that speaks to VIPs in person: only what a colleague has really done keeps her from mass
    // messages, so whom nobody looks after is not forgotten by everybody.
    key: '专人维护',
    name: { zh: '专人维护', en: 'Cared for in person' },
    category,
    manual: true,
    ttl: 'P90D',
    purpose: {
      zh: '同事 90 天内一对一联系上了，不再发群发的唤醒',
      en: 'A colleague spoke to her in the last 90 days: no mass wake-up messages',
    },
  },
  basket('低客单', 'Small baskets', 0, { zh: '凑单与小额券', en: 'Add-ons and small coupons' }),
  basket('中客单', 'Middle baskets', 100, { zh: '套装升级', en: 'Move up to sets' }),
  basket('高客单', 'Large baskets', 500, { zh: '高端套装，专人服务', en: 'Premium sets, personal service' }),
  {
    key: '复购3次',
    name: { zh: '复购 ≥3 次', en: 'Came back 3 times or more' },
    category,
    purpose: { zh: '高价值人群的条件之一', en: 'One of the marks of high-value customers' },
    sticky: true,
    when: { nth: { event: ORDER, n: 4 } },
    readings: [
      {
        name: { zh: '首单不算：第 4 单起', en: 'The first order does not count: from the fourth on' },
        when: { nth: { event: ORDER, n: 4 } },
      },
      {
        name: { zh: '首单也算：第 3 单起', en: 'The first order counts: from the third on' },
        when: { nth: { event: ORDER, n: 3 } },
      },
    ],
  },
  {
    key: '推荐过新客',
    name: { zh: '推荐过新客', en: 'Has referred somebody' },
    category,
    purpose: { zh: '转介绍奖励与感谢', en: 'Thanks and rewards for referrals' },
    sticky: true,
    when: { did: { event: 'Referral Completed' } },
  },
  {
    key: '社群分享过',
    name: { zh: '社群分享过', en: 'Has shared in the community' },
    category,
    purpose: { zh: '邀请成为体验官', en: 'Invite as a tester' },
    sticky: true,
    when: { did: { event: 'Content Shared' } },
  },
];
