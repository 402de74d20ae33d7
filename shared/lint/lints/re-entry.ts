import { eventsOfTrigger, isUnspaced, type Journey } from '../../journey/index.ts';
import type { Lint } from '../define-lint.ts';
import { aGarden, aJourney } from '../examples.ts';

const thanks = (reentry: Journey['entry']['reentry']): Journey =>
  aJourney(
    'thanks',
    [
      ['in', 'enter-event', { event: 'Order Completed' }],
      ['say', 'message', { channel: 'inbox', body: '谢谢惠顾', byResult: false }],
      ['out', 'exit', {}],
    ],
    { entry: { reentry } },
  );
const shown = ({ entry, nodes }: Journey) => ({
  entry,
  nodes: nodes.slice(0, 1).map(({ kind, config }) => ({ kind, config })),
});
const wrong = thanks({ type: 'always' });
const right = thanks({ type: 'after', duration: 'P7D' });

/** L16 (S36). A tag lets in again only after it has gone and come back; its own rule spaces that. */
export const reEntry: Lint = {
  id: 'L16',
  code: 're-entry',
  title: { zh: '可以反复进入', en: 'Entry again and again' },
  why: {
    zh: '由事件进入、又不限再次进入的旅程，客户每做一次就再走一遍。由标签进入的，标签要先去掉再打上，不算。',
    en: 'A journey that an event starts, without a rule for coming again, takes the customer through once more each time she does it. Journeys that a tag starts wait until the tag has gone and come back.',
  },
  check: ({ journeys, names }) =>
    journeys.flatMap(({ journey, graph }) => {
      if (!isUnspaced(journey.entry.reentry)) return [];
      return graph.entries
        .filter(({ kind, config }) => kind.entry !== undefined && eventsOfTrigger(kind.entry(config)).length > 0)
        .map(({ node, kind, config }) => ({
          severity: 'warning' as const,
          journey: journey.id,
          node: node.id,
          field: 'entry.reentry',
          message: {
            zh: `「${node.title ?? kind.face.summary(config, 'zh', names)}」每发生一次，客户就再走一遍这个旅程。`,
            en: `Each “${node.title ?? kind.face.summary(config, 'en', names)}” takes the customer through this journey once more.`,
          },
          next: {
            zh: '在旅程设置里选「只进一次」，或隔一段时间才能再来。',
            en: 'Let her come in once only, or again after some time, in the journey’s settings.',
          },
        }));
    }),
  wrong: {
    said: { zh: '每下一单都谢一次', en: 'Thanks for every single order' },
    shown: shown(wrong),
    input: aGarden({ journeys: [wrong] }),
  },
  right: {
    said: { zh: '7 天内只谢一次', en: 'Thanks once in 7 days' },
    shown: shown(right),
    input: aGarden({ journeys: [right] }),
  },
};
