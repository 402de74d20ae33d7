import type { TagDefinition } from '../../tags/index.ts';
import {
  ACTIVITY,
  COMMENTED,
  CONSULT,
  INTERACTIONS,
  LIKED,
  LOOKS,
  ORDER,
  SHARED,
  VIEW,
  WROTE,
} from './tags-vocabulary.ts';

const category = 'behaviour';

const silent = (days: number, purpose: TagDefinition['purpose']): TagDefinition => ({
  key: `沉默${days}天`,
  name: { zh: `沉默 ${days} 天`, en: `Silent for ${days} days` },
  category,
  purpose,
  when: { silent: { for: `P${days}D`, ...ACTIVITY } },
});

/** One of the four counters of S13: how often she did it in 30 days. */
const often = (what: string, en: string, event: string, purpose: TagDefinition['purpose']): TagDefinition => ({
  key: `${what}3次`,
  name: { zh: `30 天内${what} ≥3 次`, en: `${en} 3 times in 30 days` },
  category,
  purpose,
  when: { did: { event, within: 'P30D', count: { op: 'gte', value: 3 } } },
});

/** S13–S16, S25, S29, S32, S34. */
export const behaviourTags: readonly TagDefinition[] = [
  {
    key: '活跃',
    name: { zh: '活跃', en: 'Active' },
    category,
    purpose: { zh: '近 7 天有动静：不发唤醒内容', en: 'Did something in the last 7 days: no wake-up messages' },
    when: { did: { ...ACTIVITY, within: 'P7D' } },
  },
  {
    key: '7天活跃3次',
    name: { zh: '7 天活跃 ≥3 次', en: 'Active 3 times in 7 days' },
    category,
    purpose: { zh: '兴头上：邀请参加社群活动', en: 'In the mood: invite to community events' },
    when: { did: { ...ACTIVITY, within: 'P7D', count: { op: 'gte', value: 3 } } },
  },
  silent(7, { zh: '第一次唤醒：低打扰问候', en: 'First wake-up: a light greeting' }),
  silent(15, { zh: '第二次唤醒：带专属券', en: 'Second wake-up: with a coupon of her own' }),
  silent(30, { zh: '流失预警：换内容或停止打扰', en: 'About to be lost: other content, or silence' }),
  {
    key: '爱互动',
    name: { zh: '爱互动', en: 'Interacts' },
    category,
    purpose: {
      zh: '30 天内点赞、评论、转发、私信 ≥3 次：邀请晒单与共创',
      en: '3 likes, comments, shares or messages in 30 days: ask for stories',
    },
    when: { did: { event: INTERACTIONS, within: 'P30D', count: { op: 'gte', value: 3 } } },
  },
  often('点赞', 'Liked', LIKED, { zh: '多发图文：她看', en: 'Pictures and posts: she reads them' }),
  often('评论', 'Commented', COMMENTED, { zh: '邀请写评价与提问', en: 'Ask her for reviews and questions' }),
  often('转发', 'Shared', SHARED, { zh: '给她转发有礼', en: 'A thank-you for what she passes on' }),
  often('私信', 'Wrote', WROTE, { zh: '一对一答复，少发群发', en: 'Answer in person, fewer mass messages' }),
  {
    key: '浏览',
    name: { zh: '浏览过的产品', en: 'Products looked at' },
    category,
    purpose: { zh: '跟进最近看过的那一款', en: 'Follow up on the very product' },
    family: { by: 'properties.product_id', bound: 5 },
    when: { did: { event: LOOKS, within: 'P30D' } },
  },
  {
    key: '深度浏览',
    name: { zh: '停留 ≥60 秒', en: 'Looked for a minute or more' },
    category,
    purpose: { zh: '认真看过：可发详细介绍', en: 'Looked closely: may get the long description' },
    when: { did: { event: VIEW, within: 'P7D', where: [{ path: 'properties.dwell_s', op: 'gte', value: 60 }] } },
  },
  {
    key: '咨询过',
    name: { zh: '30 天内咨询过', en: 'Asked in the last 30 days' },
    category,
    purpose: { zh: '2 小时内一对一答复，3 天后跟进', en: 'Answer in person within 2 hours, follow up after 3 days' },
    when: { did: { event: CONSULT, within: 'P30D' } },
  },
  {
    key: '买过',
    name: { zh: '买过的品类', en: 'Categories bought' },
    category,
    purpose: { zh: '售后回访与关联推荐', en: 'After-sales care and what goes with it' },
    family: { by: 'properties.products.category', bound: 5 },
    when: { did: { event: ORDER } },
  },
  {
    key: '未付款订单',
    name: { zh: '24 小时内未付款', en: 'Started to pay, not finished' },
    category,
    purpose: { zh: '提醒付款，解答顾虑', en: 'Remind her, answer doubts' },
    when: {
      unanswered: {
        event: 'Checkout Started',
        by: { event: [ORDER, 'Order Paid', 'Order Cancelled'] },
        same: 'properties.order_id',
        within: 'PT24H',
      },
    },
  },
  {
    key: '30天未消费',
    name: { zh: '30 天未消费', en: 'No order for 30 days' },
    category,
    purpose: { zh: '买过但久未下单：挽回', en: 'Bought once, long ago: win her back' },
    when: { silent: { for: 'P30D', event: ORDER } },
  },
];
