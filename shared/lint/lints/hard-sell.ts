import type { Lint } from '../define-lint.ts';
import { aGarden, tells } from '../examples.ts';
import { wordIn } from '../names.ts';
import { warnNodes } from '../warn-nodes.ts';

const greeting = (body: string) => ({ shown: { body }, input: aGarden({ journeys: [tells('新客', body)] }) });

/**
 * L12 (S60, S75). First contact and waking up are what is drawn in the stage of touch. Words are looked for letter by
 * letter; a benefit is no hard sell.
 */
export const hardSell: Lint = {
  id: 'L12',
  code: 'hard-sell',
  title: { zh: '欢迎或唤醒里硬推销', en: 'A hard sell in a welcome or wake-up' },
  why: {
    zh: '欢迎重在建立信任，唤醒重在唤醒记忆，都避免直接推销。「触达」阶段的消息里有「秒杀、抢购、手慢无、最后一天」一类催单的字，提醒。送券送礼不算推销。',
    en: 'A welcome builds trust and a wake-up brings back a memory; neither presses. Told where a message in the stage of touch has words such as “buy now”, “hurry up” or “last chance”. A coupon or a gift is no hard sell.',
  },
  check: (garden, { pressingWords }) =>
    warnNodes(garden, ({ node, kind, config }) => {
      if (node.stage !== 'touch' || !kind.needs.includes('send')) return undefined;
      const word = wordIn((kind.says?.(config) ?? []).join('\n'), pressingWords);
      if (word === undefined) return undefined;
      return {
        field: 'config.body',
        message: {
          zh: `刚接触就说「${word}」，像在催单。`,
          en: `“${word}” at first contact sounds like pressing her to buy.`,
        },
        next: {
          zh: '先问候、给福利、讲信任；催单的话留到后面的阶段。',
          en: 'Greet, give and build trust first; keep such words for later stages.',
        },
      };
    }),
  wrong: {
    said: { zh: '一进来就催着买', en: 'Pressed to buy on arrival' },
    ...greeting('欢迎！全场秒杀，手慢无，赶紧下单'),
  },
  right: {
    said: { zh: '先欢迎，送一份见面礼', en: 'A welcome and a gift' },
    ...greeting('欢迎加入！送您一份见面礼，有问题随时找我'),
  },
};
