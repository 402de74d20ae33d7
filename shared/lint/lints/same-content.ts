import type { Found, Lint } from '../define-lint.ts';
import { aGarden, tells } from '../examples.ts';
import type { Garden } from '../garden.ts';

interface Text {
  readonly journey: string;
  readonly node: string;
  readonly called: string;
  /** Pairs of letters, with how often each stands there. */
  readonly pairs: ReadonlyMap<string, number>;
  readonly size: number;
}

/** Shorter ones are alike by chance. */
const LEAST = 10;

/** Messages without numbers, variables, punctuation and space: what is left is what is said. */
function textsIn({ journeys }: Garden): readonly Text[] {
  return journeys.flatMap(({ journey, graph }) =>
    graph.nodes.flatMap(({ node, kind, config }) => {
      if (!kind.needs.includes('send')) return [];
      const bare = (kind.templates?.(config) ?? [])
        .join('\n')
        .replace(/\{\{.*?\}\}|\{%.*?%\}/gs, '')
        .toLowerCase()
        .replace(/[^\p{L}]+/gu, '');
      if (bare.length < LEAST) return [];
      const pairs = new Map<string, number>();
      for (let i = 1; i < bare.length; i++)
        pairs.set(bare.slice(i - 1, i + 1), (pairs.get(bare.slice(i - 1, i + 1)) ?? 0) + 1);
      return [{ journey: journey.id, node: node.id, called: node.title ?? node.id, pairs, size: bare.length - 1 }];
    }),
  );
}

/** Share of the pairs of letters that both have (Dice): 1 for the same text. */
function likeness(a: Text, b: Text): number {
  // No more can be in common than the shorter one has.
  if ((2 * Math.min(a.size, b.size)) / (a.size + b.size) <= 0.5) return 0;
  let both = 0;
  for (const [pair, count] of a.pairs) both += Math.min(count, b.pairs.get(pair) ?? 0);
  return (2 * both) / (a.size + b.size);
}

/** L8 (S118, S2). Looked at are the words alone; two texts that say the same in other words are not seen. */
export const sameContent: Lint = {
  id: 'L8',
  code: 'same-content',
  title: { zh: '内容同质化', en: 'The same content' },
  why: {
    zh: '给所有人发同一文案，只换了福利金额，客户会觉得没诚意。去掉数字、变量和标点后，两条消息有 90% 以上相同的，提醒。太短的（不到 10 个字）不比。',
    en: 'The same text for everybody with another amount in it convinces nobody. Told of two messages that are the same to more than 90 % once numbers, variables and punctuation are taken out. Very short ones (under 10 letters) are not compared.',
  },
  check: (garden, { alike }) => {
    const texts = textsIn(garden);
    return texts.flatMap((text, place): readonly Found[] => {
      const other = texts.slice(0, place).find((one) => likeness(one, text) > alike);
      if (other === undefined) return [];
      const where =
        other.journey === text.journey
          ? { zh: '', en: '' }
          : { zh: `旅程 ${other.journey} 的`, en: ` of the journey ${other.journey}` };
      return [
        {
          severity: 'warning',
          journey: text.journey,
          node: text.node,
          field: 'config.body',
          message: {
            zh: `和${where.zh}「${other.called}」几乎是同一条文案，只差数字或变量。`,
            en: `The text is nearly that of “${other.called}”${where.en}: only numbers or variables differ.`,
          },
          next: {
            zh: '按这群客户的标签换个说法：她在意什么，就说什么。',
            en: 'Say it in another way for these customers: what matters to them, by their tags.',
          },
        },
      ];
    });
  },
  wrong: {
    said: { zh: '老客和 VIP 收到同一句话，只是金额不同', en: 'Regulars and VIPs read the same with another amount' },
    ...twoTexts('专属福利来啦，立减 15 元，快来看看吧', '专属福利来啦，立减 50 元，快来看看吧'),
  },
  right: {
    said: { zh: '各说各的', en: 'To each her own' },
    ...twoTexts('专属福利来啦，立减 15 元，快来看看吧', '感谢您一直支持，新品为您留了一份，想请您先试'),
  },
};

function twoTexts(regular: string, vip: string) {
  const journeys = [
    { ...tells('老客', regular), id: 'regulars' },
    { ...tells('VIP', vip), id: 'vips' },
  ];
  return { shown: [regular, vip], input: aGarden({ journeys }) };
}
