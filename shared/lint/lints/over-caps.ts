import { leastSeconds } from '../../compiler/least-seconds.ts';
import { checkedMs, durationWords } from '../../duration.ts';
import type { GraphNode, Journey } from '../../journey/index.ts';
import { type Sure, sureOf } from '../../rules/index.ts';
import { type Cap, DEFAULT_CAPS, type Ruleset } from '../../tags/index.ts';
import type { Words } from '../../words.ts';
import type { Found, Lint } from '../define-lint.ts';
import { aGarden, aJourney } from '../examples.ts';
import type { Garden } from '../garden.ts';
import { factsOfEntry } from '../holders.ts';

const DAY = 86_400;

interface Over {
  readonly at: GraphNode;
  /** No time can pass between the first and this one: it is never sent. */
  readonly never: boolean;
}

interface Limit {
  readonly most: number;
  readonly seconds: number;
  readonly said: Words;
}

/** The day's ceiling, and of the others those that hold for whoever comes in here, as far as that is sure. */
function limitsFor({ caps = DEFAULT_CAPS, segments = [] }: Ruleset, sure: Sure): readonly Limit[] {
  const { perDay, lifecycle } = caps;
  const day =
    perDay === undefined
      ? []
      : [{ most: perDay, seconds: DAY, said: { zh: `每天最多 ${perDay} 条`, en: `at most ${perDay} a day` } }];
  const of = (name: Words, { most, within }: Cap): Limit => ({
    most,
    seconds: checkedMs(within) / 1000,
    said: {
      zh: `${name.zh} ${durationWords(within).zh}内最多 ${most} 条`,
      en: `${name.en} at most ${most} in ${durationWords(within).en}`,
    },
  });
  const own = segments.flatMap(({ id, name, cap }) =>
    cap !== undefined && sure({ segment: id }) === true ? [of(name, cap)] : [],
  );
  if (own.length > 0) return [...day, ...own];
  const phase = lifecycle.find(({ tags }) => tags.some((tag) => sure({ tag }) === true));
  return phase === undefined ? day : [...day, of(phase.name, phase)];
}

/**
 * The first message that a way can come to after as many as the limit allows, in less than its time. Of all ways the
 * quickest counts; what waits at a cap is never lost, and time passes there.
 */
function over({ journey, graph }: Garden['journeys'][number], limit: Limit): Over | undefined {
  const counted = (id: string) => {
    const at = graph.node(id);
    return at?.kind.counts?.(at.config);
  };
  const stays = new Map(graph.nodes.map((at) => [at.node.id, leastSeconds(journey.id, at)]));
  for (const start of graph.nodes) {
    if (!graph.reachable.has(start.node.id) || counted(start.node.id) === undefined) continue;
    const best = new Map<string, number>();
    const open = [{ id: start.node.id, sent: 0, seconds: 0, still: true }];
    for (let here = open.shift(); here !== undefined; here = open.shift()) {
      const at = graph.node(here.id);
      if (at === undefined || here.seconds >= limit.seconds) continue;
      const place = `${here.id} ${here.sent}`;
      if ((best.get(place) ?? Number.POSITIVE_INFINITY) <= here.seconds) continue;
      best.set(place, here.seconds);
      const send = counted(here.id);
      if (send !== undefined && here.sent >= limit.most) {
        if (!send.waits) return { at, never: here.still };
        continue;
      }
      const seconds = here.seconds + stays.get(here.id)!;
      const still = here.still && at.kind.face.group !== 'time';
      for (const { id: outlet } of at.outlets) {
        const id = graph.target(here.id, outlet);
        const sent = here.sent + (send?.ways.includes(outlet) ? 1 : 0);
        if (id !== null) open.push({ id, sent, seconds, still });
      }
    }
  }
  return undefined;
}

const series = (id: string, wait: string | undefined, more: object = {}): Journey =>
  aJourney(id, [
    ['in', 'enter-event', { event: 'Short Link Created' }],
    ['one', 'message', { channel: 'inbox', body: '第一讲', byResult: false }],
    ...(wait === undefined ? [] : [['wait', 'wait', { duration: wait }] as const]),
    ['two', 'message', { channel: 'inbox', body: '第二讲', byResult: false, ...more }],
    ['out', 'exit', {}],
  ]);
const shown = ({ nodes }: Journey) => nodes.map(({ kind, config }) => ({ kind, config }));
const wrong = series('course', undefined);
const right = series('course', undefined, { waitAtMost: 'P3D' });

/**
 * L10 (S83–S86). Not covered: other journeys that write to the same customer, quotas of channels, and what she becomes on
 * the way: looked at are the caps that hold for whoever comes in.
 */
export const overCaps: Lint = {
  id: 'L10',
  code: 'over-caps',
  title: { zh: '一条旅程就超过频控', en: 'A journey alone goes over the caps' },
  why: {
    zh: '同一条旅程里的消息离得太近，后面的到时候会被频控跳过。按最快的走法算：走得到就提醒；两条之间根本不经过时间、收到前一条就永远收不到后一条的，是错误。事务性消息不算；填了「频控满了，最多等」的会等，也不算。',
    en: 'Messages of one journey too close to each other: the later ones are skipped by the caps. Reckoned by the quickest way: a warning where it can be so; an error where no time passes between two, so that who gets the first never gets the second. Transactional messages do not count, nor do those that wait at a cap.',
  },
  check: (garden) =>
    garden.journeys.flatMap((walk) => {
      const { journey, graph } = walk;
      const { audience } = journey.entry;
      const asked = audience === undefined ? [] : [[audience, true] as const];
      const limits = new Map(
        graph.entries
          .flatMap((entry) => limitsFor(garden.ruleset, sureOf([...asked, ...factsOfEntry(entry)], garden.sameAs)))
          .map((limit) => [limit.said.en, limit]),
      );
      const found = new Map<string, Found>();
      for (const limit of limits.values()) {
        const one = over(walk, limit);
        if (one === undefined || found.has(one.at.node.id)) continue;
        found.set(one.at.node.id, finding(journey, one, limit));
      }
      return [...found.values()];
    }),
  wrong: {
    said: { zh: '同一刻连发两条', en: 'Two at the same moment' },
    shown: shown(wrong),
    input: aGarden({ journeys: [wrong] }),
  },
  right: {
    said: { zh: '第二条等到可以再发', en: 'The second waits until it may go' },
    shown: shown(right),
    input: aGarden({ journeys: [right] }),
  },
};

function finding(journey: Journey, { at, never }: Over, { said }: Limit): Found {
  const name = at.node.title || undefined;
  const title = { zh: name ?? at.kind.face.title.zh, en: name ?? at.kind.face.title.en };
  return {
    severity: never ? 'error' : 'warning',
    journey: journey.id,
    node: at.node.id,
    field: 'config',
    message: never
      ? {
          zh: `收到前一条的客户，永远收不到紧跟着的「${title.zh}」：频控是${said.zh}。`,
          en: `Who gets the message before “${title.en}” never gets this one, since no time passes between them: the cap is ${said.en}.`,
        }
      : {
          zh: `走得快的客户到「${title.zh}」时已经收够了，这一条会被跳过：频控是${said.zh}。`,
          en: `Who is quick has had enough when she comes to “${title.en}”, and it is skipped: the cap is ${said.en}.`,
        },
    next: {
      zh: '在前面多等些时间，或在「频控满了，最多等」里填上时间；客户正等着的通知，标为事务性消息。',
      en: 'Wait longer before it, or let it wait at the cap (“At a cap, wait at most”); mark a notice that she waits for as transactional.',
    },
  };
}
