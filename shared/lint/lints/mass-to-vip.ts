import type { Journey } from '../../journey/index.ts';
import type { Lint } from '../define-lint.ts';
import { aGarden, LEVELS, tells } from '../examples.ts';
import { reachedByHolders } from '../holders.ts';
import { namesOf } from '../names.ts';

const wrong = tells('沉默7天', '好久不见');
const right = tells('沉默7天', '好久不见', {
  entry: { reentry: { type: 'never' }, exclude: { tags: ['VIP'], ends: true } },
});
const shown = ({ entry, nodes }: Journey) => ({ entry, nodes: nodes.map(({ kind, config }) => ({ kind, config })) });

/** L9 (S87). A mass step is one that sends by itself, the same to whoever comes. */
export const massToVip: Lint = {
  id: 'L9',
  code: 'mass-to-vip',
  title: { zh: '群发会发到 VIP', en: 'Mass messages reach VIPs' },
  why: {
    zh: '高价值客户优先一对一触达，避免批量群发。自动发送的步骤，有「VIP」「高客单」标签的客户走得到时提醒；规则里没有这些标签就不说。',
    en: 'Valuable customers are spoken to in person, not with the crowd. Told where a step that sends by itself can be reached by holders of “VIP” or of the tag for large baskets; nothing is said where the rules have no such tags.',
  },
  check: (garden, { personal }) =>
    garden.journeys.flatMap(({ journey, graph }) => {
      const sends = graph.nodes.filter(({ kind }) => kind.needs.includes('send')).map(({ node }) => node);
      if (sends.length === 0) return [];
      const found = personal.flatMap((key) => {
        const it = garden.tag(key);
        const reached = it === undefined ? undefined : reachedByHolders(garden, { journey, graph }, it);
        const first = sends.find(({ id }) => reached?.has(id));
        return first === undefined ? [] : [{ name: it!.name, first }];
      });
      const [one] = found;
      if (one === undefined) return [];
      const names = namesOf(found.map(({ name }) => name));
      return [
        {
          severity: 'warning' as const,
          journey: journey.id,
          node: one.first.id,
          field: 'config',
          message: {
            zh: `有${names.zh}的客户也会收到这里自动发出的消息。`,
            en: `Customers with ${names.en} get the automatic messages of this journey, too.`,
          },
          next: {
            zh: `在旅程设置的「不让这些客户进入」里选${names.zh}，由专人一对一联系。`,
            en: `Choose ${names.en} under “Keep these customers out” in the journey’s settings, and have somebody speak to them in person.`,
          },
        },
      ];
    }),
  wrong: {
    said: { zh: '谁沉默都发', en: 'To everybody who fell silent' },
    shown: shown(wrong),
    input: aGarden({ ...LEVELS, journeys: [wrong] }),
  },
  right: {
    said: { zh: 'VIP 不进来', en: 'VIPs are kept out' },
    shown: shown(right),
    input: aGarden({ ...LEVELS, journeys: [right] }),
  },
};
