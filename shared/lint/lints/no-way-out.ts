import { leastSeconds } from '../../compiler/least-seconds.ts';
import type { Journey } from '../../journey/index.ts';
import type { Lint } from '../define-lint.ts';
import { aGarden, aJourney } from '../examples.ts';
import type { Garden } from '../garden.ts';

const DAY = 86_400;

const nudge = (more: Partial<Journey>) =>
  aJourney(
    'nudge',
    [
      ['in', 'enter-event', { event: 'Consultation Started' }],
      ['wait', 'wait', { duration: 'P3D' }],
      ['say', 'message', { channel: 'inbox', body: '还有什么想问的吗', byResult: false }],
      ['out', 'exit', {}],
    ],
    { entry: { reentry: { type: 'after', duration: 'P30D' } }, ...more },
  );
const ordered = { id: 'ordered', name: '下单', on: { type: 'event' as const, event: 'Order Completed' } };
const wrong = nudge({});
const right = nudge({ goals: [ordered] });

/** The first card that sends to a customer a day or more after she came in. */
function lateMessage({ journey, graph }: Garden['journeys'][number]) {
  const open = graph.entries.map(({ node }) => ({ id: node.id, seconds: 0 }));
  const seen = new Map<string, number>();
  for (let here = open.shift(); here !== undefined; here = open.shift()) {
    const at = graph.node(here.id);
    if (at === undefined || (seen.get(here.id) ?? -1) >= here.seconds) continue;
    seen.set(here.id, here.seconds);
    if (here.seconds >= DAY && at.kind.counts?.(at.config) !== undefined) return at;
    const seconds = Math.min(here.seconds + leastSeconds(journey.id, at), DAY);
    for (const { id } of at.outlets) {
      const next = graph.target(here.id, id);
      if (next !== null) open.push({ id: next, seconds });
    }
  }
  return undefined;
}

/**
 * L13 (S28, S29, S64). The catalogue has it as an error; a journey that only tells something over some days needs no
 * way out, and nobody but who draws it knows, so it is a warning.
 */
export const noWayOut: Lint = {
  id: 'L13',
  code: 'no-way-out',
  title: { zh: '达成了也不退出', en: 'Nothing ends it' },
  why: {
    zh: '客户已经下单，却还收到催单：旅程在一天或更久之后还会发营销消息，却没有目标，没有退出规则，也不让被排除的客户离开，提醒。',
    en: 'She has ordered and is still asked to order: told where a journey sends marketing a day or more after she came in and has neither a goal nor an exit, nor lets go of those who are kept out.',
  },
  check: ({ journeys }) =>
    journeys.flatMap((walk) => {
      const { goals, exits, entry, id } = walk.journey;
      if (goals.length + exits.length > 0 || entry.exclude?.ends === true) return [];
      const late = lateMessage(walk);
      if (late === undefined) return [];
      return [
        {
          severity: 'warning' as const,
          journey: id,
          node: late.node.id,
          field: 'goals',
          message: {
            zh: '过了一天或更久还会发到这里，她这期间做了什么都拦不住。',
            en: 'This is sent a day or more after she came in, whatever she has done in between.',
          },
          next: {
            zh: '在旅程设置里加一个目标（例如下单），或一条退出规则。',
            en: 'Give the journey a goal (an order, say) or an exit in its settings.',
          },
        },
      ];
    }),
  wrong: {
    said: { zh: '三天后照发，下过单也一样', en: 'Three days later, even to who has ordered' },
    shown: { goals: wrong.goals, exits: wrong.exits },
    input: aGarden({ journeys: [wrong] }),
  },
  right: {
    said: { zh: '一下单就结束', en: 'Ends with the order' },
    shown: { goals: right.goals, exits: right.exits },
    input: aGarden({ journeys: [right] }),
  },
};
