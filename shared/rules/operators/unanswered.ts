import { checkedMs } from '../../duration.ts';
import type { Words } from '../../words.ts';
import type { UnansweredConfig } from '../condition.ts';
import { eventPath } from '../fields.ts';
import type { Finding } from '../finding.ts';
import { type Moment, momentForm } from '../moment.ts';
import { onlyAfter } from '../only-after.ts';
import { defineOperator, recall, type Sight } from '../operator.ts';
import { readKeys, splitPath } from '../read-path.ts';
import { withoutRoom } from '../room.ts';
import { filterWords, once, pathWords, within } from '../say.ts';
import type { Seen } from '../seen.ts';
import { compileSequence, sequenceConfig, sequenceNeeds } from '../sequence.ts';
import { instantText } from '../zoned.ts';

/** Of the values of `same` the latest are kept open; as many as `did … by` counts. */
const MAX_OPEN = 16;

const NONE: Open = [];

/** The last A of a value that is not answered; "~" before the value, nothing where it was not said. */
interface OpenOne extends Moment {
  readonly slot: string;
}

/** In the order of the last A. */
type Open = readonly OpenOne[];

/**
 * An A that no B of the same value has answered: the checkout of an order that was not paid, the ticket that was not
 * closed. A B of another value answers nothing; an A or a B that does not say its value answers, and is answered by,
 * all. With `within` only an A of lately counts. Memory: the last A for each of the last 16 values that are open (fewer
 * of long ones, see room.ts).
 */
export const unanswered = defineOperator<UnansweredConfig>({
  name: 'unanswered',
  label: { zh: '还没有了结', en: 'Not settled' },
  help: { zh: '例如开始结账的那一单还没有付款', en: 'For example: the very order that was begun is not paid yet' },
  config: () =>
    sequenceConfig({
      label: { zh: '最近多久内', en: 'In the last' },
      help: { zh: '不填则不管多久以前', en: 'Empty: ever' },
    }).extend({
      same: eventPath.meta({
        label: { zh: '同一个', en: 'The same' },
        help: { zh: '例如同一订单：order_id', en: 'For example the same order: order_id' },
        widget: 'property',
      }),
    }),
  needs: sequenceNeeds,
  sentence: said,
  negated: (config) => {
    const [first, then] = [filterWords(config), filterWords(config.by)];
    const span = within(config.within);
    const same = pathWords(config.same);
    return {
      zh: `${span.zh}的${first.zh}，同一${same.zh}都已有${then.zh}，或没有${first.zh}`,
      en: `no ${first.en}${span.en} without ${then.en} with the same ${same.en}`,
    };
  },
  ...onlyAfter<UnansweredConfig>(),
  over: (config, world) => {
    const { first, then, key } = read(config);
    let open = NONE;
    for (const event of world.events) {
      if (then.matches(event)) open = answered(open, key(event), event.at);
      if (first.matches(event)) open = begun(open, key(event), event);
    }
    return find(config, newest(config, open, world.now), world.zone);
  },
  compile: (config, build) => {
    const { first, then, key, listens, paths } = read(config);
    build.findsValue();
    const leaf = build.leaf<Open>(
      'unanswered',
      { ...config, within: undefined },
      {
        listens,
        paths: [...paths, config.same],
        counts: (event) => first.matches(event) || then.matches(event),
        form: {
          pack: (open, pen) => open.map((one) => [one.slot, momentForm.pack(one, pen)]),
          unpack: (packed, book) =>
            (packed as [string, unknown][]).map(([slot, moment]) => ({ slot, ...momentForm.unpack(moment, book) })),
        },
        fold: (old, event) => {
          const begins = first.matches(event);
          const ends = old !== undefined && then.matches(event);
          if (!(begins || ends)) return old;
          const left = ends ? answered(old, key(event), event.at) : (old ?? NONE);
          if (!(begins || left !== old)) return old;
          const open = begins ? begun(left, key(event), event) : left;
          const gone = withoutRoom(
            open.map(({ slot }) => slot),
            MAX_OPEN,
          );
          return open.length === 0 ? undefined : open.slice(gone);
        },
      },
    );
    const openOf = (sight: Sight): Open => recall(sight, leaf) ?? NONE;
    const windowMs = config.within === undefined ? undefined : checkedMs(config.within);
    return {
      holds: (sight) => newest(config, openOf(sight), sight.at) !== undefined,
      next: (sight) => {
        if (windowMs === undefined) return Infinity;
        let soonest = Infinity;
        const open = openOf(sight);
        for (let i = 0; i < open.length; i++) {
          const end = open[i]!.t + windowMs;
          if (end > sight.at && end < soonest) soonest = end;
        }
        return soonest;
      },
      find: (sight) => find(config, newest(config, openOf(sight), sight.at), build.zone),
    };
  },
});

/** Without a value the slot is empty. */
function read(config: UnansweredConfig) {
  const path = splitPath(config.same);
  const key = (event: Seen): string => {
    const [one] = readKeys(event, path);
    return one === undefined ? '' : `~${one}`;
  };
  return { ...compileSequence(config), key };
}

/** What stays open; the same list where that is all. What is told late answers nothing that came after it. */
function answered(open: Open, slot: string, at: number): Open {
  const left = open.filter((one) => one.t > at || !(slot === '' || one.slot === '' || one.slot === slot));
  return left.length === open.length ? open : left;
}

function begun(open: Open, slot: string, { at, id }: Seen): Open {
  const others = open.filter((one) => one.slot !== slot || one.t > at);
  return others.some((one) => one.slot === slot) ? open : [...others, { slot, t: at, id }];
}

interface Found extends Moment {
  readonly value?: string;
}

const spanOf = once(({ within: span }: UnansweredConfig) => (span === undefined ? Infinity : checkedMs(span)));

function newest(config: UnansweredConfig, open: Open, now: number): Found | undefined {
  const from = now - spanOf(config);
  let found: OpenOne | undefined;
  for (let i = 0; i < open.length; i++) {
    const one = open[i] as OpenOne;
    if (one.t <= from || (found !== undefined && (found.t > one.t || (found.t === one.t && found.id > one.id))))
      continue;
    found = one;
  }
  if (found === undefined) return undefined;
  const { slot, t, id } = found;
  return slot === '' ? { t, id } : { t, id, value: slot.slice(1) };
}

function said(config: UnansweredConfig): Words {
  const [first, then] = [filterWords(config), filterWords(config.by)];
  const span = within(config.within);
  const same = pathWords(config.same);
  return {
    zh: `${span.zh}有${first.zh}，同一${same.zh}还没有${then.zh}`,
    en: `${first.en}${span.en} and no ${then.en} with the same ${same.en}`,
  };
}

function find(config: UnansweredConfig, open: Found | undefined, zone: string): Finding {
  const [first, then] = [filterWords(config), filterWords(config.by)];
  if (open === undefined)
    return {
      holds: false,
      evidence: [],
      why: {
        zh: `每次${first.zh}之后都已有${then.zh}，或还没有${first.zh}`,
        en: `no ${first.en} without ${then.en} after it`,
      },
    };
  const same = pathWords(config.same);
  const of = (name: string): string => (open.value === undefined ? '' : `${name.trim()} = ${open.value}`);
  return {
    holds: true,
    evidence: [open.id],
    why: {
      zh: `${first.zh}${of(same.zh) && `（${of(same.zh)}）`}在 ${instantText(open.t, zone)}，之后没有${then.zh}`,
      en: `${first.en}${of(same.en) && ` (${of(same.en)})`} at ${instantText(open.t, zone)}, no ${then.en} since`,
    },
    ...(open.value !== undefined && { value: open.value }),
  };
}
