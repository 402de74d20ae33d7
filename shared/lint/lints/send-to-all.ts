import type { GraphNode } from '../../journey/graph.ts';
import { factsAfter, segmentsOfTrigger } from '../../journey/index.ts';
import { type Condition, segmentsOf } from '../../rules/index.ts';
import type { Words } from '../../words.ts';
import type { Found, Lint, Usage } from '../define-lint.ts';
import { aGarden, aJourney } from '../examples.ts';
import type { Garden } from '../garden.ts';

const toAnybody = (more: Parameters<typeof aJourney>[2] = {}) =>
  aJourney(
    'journey',
    [
      ['in', 'enter-event', { event: '*' }],
      ['say', 'message', { channel: 'inbox', body: '新品到了', byResult: false }],
    ],
    more,
  );
const wrong = toAnybody();
const right = toAnybody({ entry: { reentry: { type: 'never' }, audience: { tag: '老客' } } });

/** L22 (S1): no send without an audience. */
export const sendToAll: Lint = {
  id: 'L22',
  code: 'send-to-all',
  title: { zh: '发给所有人', en: 'Sent to all' },
  why: {
    zh: '标签是为了不「一刀切」：会发消息的旅程，谁做了任何事都能进来、又没有限定客户时提醒；只限定了一个几乎包含所有客户（超过 90%）的人群，等于没有限定，知道人数时也提醒。',
    en: 'Tags are there so that nobody gets what is meant for everybody: told where a journey that sends is entered by whoever does anything, and names no audience. An audience that is nearly everybody (a segment of more than 90 % of all customers) is none; told where the numbers are known.',
  },
  check: (garden, { nearlyAll }) =>
    garden.journeys.flatMap(({ journey, graph }): Found[] => {
      if (!graph.nodes.some(({ kind }) => kind.needs.includes('send'))) return [];
      const { audience } = journey.entry;
      const place = { severity: 'warning' as const, journey: journey.id };
      if (audience !== undefined) {
        const whole = wholeOf(only(audience), garden.usage, nearlyAll);
        const anybody = whole !== undefined && graph.entries.every((entry) => isOpen(entry) || isOf(entry, whole.id));
        return anybody ? [{ ...place, field: 'entry.audience', ...nearly(whole, garden) }] : [];
      }
      return graph.entries.flatMap((entry): Found[] => {
        const at = { ...place, node: entry.node.id, field: 'config' };
        if (isOpen(entry)) return [{ ...at, ...ANYBODY }];
        const [segment, ...more] = segmentsOfTrigger(entry.kind.entry!(entry.config));
        const whole = more.length > 0 ? undefined : wholeOf(segment, garden.usage, nearlyAll);
        return whole === undefined ? [] : [{ ...at, ...nearly(whole, garden) }];
      });
    }),
  wrong: {
    said: { zh: '谁做了任何事都发', en: 'To whoever does anything' },
    shown: wrong.nodes,
    input: aGarden({ journeys: [wrong] }),
  },
  right: {
    said: { zh: '只发给老客', en: 'To regulars only' },
    shown: right.entry,
    input: aGarden({ journeys: [right] }),
  },
};

/** Whatever somebody does lets her in. */
const isOpen = ({ kind, config }: GraphNode): boolean =>
  factsAfter(kind.entry!(config)).some(([condition]) => asksNothing(condition));

function asksNothing(condition: Condition): boolean {
  const { did } = condition as { did?: { event: unknown; where?: readonly unknown[] } };
  return did !== undefined && [did.event].flat().includes('*') && (did.where ?? []).length === 0;
}

const isOf = ({ kind, config }: GraphNode, segment: string): boolean =>
  segmentsOfTrigger(kind.entry!(config)).includes(segment);

/** The segment that is all that a condition asks for. */
function only(audience: Condition): string | undefined {
  return 'segment' in audience ? segmentsOf(audience)[0] : undefined;
}

/** The segment with its share, where it is nearly everybody. */
function wholeOf(id: string | undefined, usage: Usage | undefined, nearlyAll: number) {
  const { segments: known } = usage ?? {};
  const count = id === undefined ? undefined : known?.members[id];
  if (id === undefined || known === undefined || count === undefined || known.customers < FEW) return undefined;
  const share = count / known.customers;
  return share > nearlyAll ? { id, share } : undefined;
}

/** Of fewer customers a share says nothing. */
const FEW = 20;

function nearly({ id, share }: { id: string; share: number }, { ruleset }: Garden): { message: Words; next: Words } {
  const name = ruleset.segments?.find((one) => one.id === id)?.name ?? { zh: id, en: id };
  const percent = Math.floor(share * 100);
  return {
    message: {
      zh: `人群「${name.zh}」现在有 ${percent}% 的客户，这条旅程等于发给所有人。`,
      en: `“${name.en}” holds ${percent} % of all customers now, so this journey is sent to nearly everybody.`,
    },
    next: NEXT,
  };
}

const NEXT: Words = {
  zh: '在「谁可以进来」里用标签或人群限定；确实要发给所有人，就不用管。',
  en: 'Name an audience by tags or a segment; if everybody is really meant, leave it.',
};
const ANYBODY = {
  message: {
    zh: '谁做了任何事都会进来，并收到这里的消息。',
    en: 'Whoever does anything comes in, and gets the messages of this journey.',
  },
  next: NEXT,
};
