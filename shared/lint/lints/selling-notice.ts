import type { Lint } from '../define-lint.ts';
import { aGarden, aJourney } from '../examples.ts';
import { wordIn } from '../names.ts';
import { warnNodes } from '../warn-nodes.ts';

const notice = (body: string) => {
  const config = { channel: 'inbox', body, transactional: true, byResult: false };
  const journey = aJourney('order', [
    ['in', 'enter-event', { event: 'Order Completed' }],
    ['say', 'message', config],
    ['out', 'exit', {}],
  ]);
  return { shown: config, input: aGarden({ journeys: [journey] }) };
};

/** L21 (S86): beyond the catalogue, since what is transactional passes every cap. Words are looked for letter by letter. */
export const sellingNotice: Lint = {
  id: 'L21',
  code: 'selling-notice',
  title: { zh: '事务性消息里有促销', en: 'A transactional message that sells' },
  why: {
    zh: '事务性消息不占频控，也不受频控限制，只给客户正等着的通知用：订单、验证码、到期提醒。里面有「券、礼、优惠、立减」一类的字，就是营销，提醒。',
    en: 'No cap counts or holds a transactional message: it is for notices that customers wait for, such as orders, codes, or dates. One that speaks of coupons, gifts or discounts is marketing; told.',
  },
  check: (garden, { offerWords }) =>
    warnNodes(garden, ({ kind, config }) => {
      if (!kind.needs.includes('send') || kind.counts?.(config) !== undefined) return undefined;
      const word = wordIn((kind.says?.(config) ?? []).join('\n'), offerWords);
      if (word === undefined) return undefined;
      return {
        field: 'config.transactional',
        message: {
          zh: `这条标为事务性的消息里有「${word}」，看起来是营销，却不受频控限制。`,
          en: `This message is marked as transactional and speaks of “${word}”: it looks like marketing that no cap holds.`,
        },
        next: {
          zh: '关掉「事务性消息」，或把促销内容挪到另一条消息里。',
          en: 'Turn “Transactional” off, or move the offer to a message of its own.',
        },
      };
    }),
  wrong: {
    said: { zh: '发货通知里塞了一张券', en: 'A coupon in a notice of delivery' },
    ...notice('您的订单已发货，送您一张 10 元券'),
  },
  right: { said: { zh: '只说发货', en: 'Of the delivery alone' }, ...notice('您的订单已发货，预计明天送达') },
};
