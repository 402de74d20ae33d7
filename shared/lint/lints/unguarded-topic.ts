import { guardsOf } from '../../tags/index.ts';
import type { Lint } from '../define-lint.ts';
import { aGarden, aJourney, aTag } from '../examples.ts';
import { reachedByHolders } from '../holders.ts';
import { wordIn } from '../names.ts';

const guard = aTag('不接受上门服务', { manual: true, excludes: ['上门服务'] });
const offer = (topics: readonly string[]) => {
  const config = { channel: 'inbox', body: '现在预约，免费上门服务一次', topics, byResult: false };
  const journey = aJourney('care', [
    ['in', 'enter-event', { event: 'Order Completed' }],
    ['say', 'message', config],
    ['out', 'exit', {}],
  ]);
  return { shown: { tag: guard, message: config }, input: aGarden({ tags: [guard], journeys: [journey] }) };
};

/** L11 (S19). A topic counts as spoken of where it stands in the text, letter by letter; other words for it are not seen. */
export const unguardedTopic: Lint = {
  id: 'L11',
  code: 'unguarded-topic',
  title: { zh: '排斥点没有挡住', en: 'An aversion without a guard' },
  why: {
    zh: '有排斥点标签的客户，不该收到涉及那些主题的内容。文案里说到某个排斥的主题，却没有写进「涉及的主题」（发送时就挡不住），而这样的客户又走得到，提醒。',
    en: 'Who has a tag that excludes topics is not to be spoken to about them. Told where a text speaks of such a topic, does not list it under its topics (so the sender cannot hold it), and holders of the tag may come to it.',
  },
  check: (garden) =>
    garden.journeys.flatMap((walk) =>
      guardsOf(garden.ruleset).flatMap((it) => {
        const tag = garden.tag(it.key);
        const spoken = walk.graph.nodes.flatMap(({ node, kind, config }) => {
          const listed = kind.topics?.(config) ?? [];
          if (it.excludes.some((topic) => listed.includes(topic))) return [];
          const topic = wordIn((kind.says?.(config) ?? []).join('\n'), it.excludes);
          return topic === undefined ? [] : [{ node, topic }];
        });
        if (tag === undefined || spoken.length === 0) return [];
        const reached = reachedByHolders(garden, walk, tag);
        return spoken
          .filter(({ node }) => reached.has(node.id))
          .map(({ node, topic }) => ({
            severity: 'warning' as const,
            journey: walk.journey.id,
            node: node.id,
            field: 'config.topics',
            message: {
              zh: `这里说到「${topic}」，有「${it.name.zh}」标签的客户也会收到。`,
              en: `This speaks of “${topic}”, and customers with the tag “${it.name.en}” get it, too.`,
            },
            next: {
              zh: `在「涉及的主题」里加上「${topic}」，发送时就会跳过她们；或在前面分支排除。`,
              en: `Add “${topic}” to its topics, and sending leaves them out; or keep them out by a branch before it.`,
            },
          }));
      }),
    ),
  wrong: { said: { zh: '说到上门，却没写主题', en: 'Speaks of visits, lists no topic' }, ...offer([]) },
  right: {
    said: { zh: '写明了主题，发送时会跳过', en: 'The topic is listed, so sending skips her' },
    ...offer(['上门服务']),
  },
};
