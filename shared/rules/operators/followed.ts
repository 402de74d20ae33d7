import { checkedMs, durationWords } from '../../duration.ts';
import type { Words } from '../../words.ts';
import type { FollowedConfig } from '../condition.ts';
import type { Finding } from '../finding.ts';
import { type Moment, momentForm } from '../moment.ts';
import { defineOperator, never, recall, type Sight } from '../operator.ts';
import { filterWords } from '../say.ts';
import { compileSequence, sequenceConfig, sequenceNeeds } from '../sequence.ts';
import { instantText } from '../zoned.ts';

type Pair = readonly [Moment, Moment];

/** The last A, until a B has come in time; then the two. */
type Memory = readonly [Moment] | Pair;

/** Once an A was followed by a B, in time where a time is given: from that B on. Memory: the last A, or the two. */
export const followed = defineOperator<FollowedConfig>({
  name: 'followed',
  label: { zh: '之后做了', en: 'Followed by' },
  help: { zh: '例如领券后 7 天内下单', en: 'For example: ordered within 7 days of getting a coupon' },
  config: () =>
    sequenceConfig({
      label: { zh: '多久之内', en: 'Within' },
      help: { zh: '不填为任何时候', en: 'Empty: at any time later' },
    }),
  needs: sequenceNeeds,
  sentence: said,
  negated: (config) => ({ zh: `从未在${said(config).zh}`, en: `never ${said(config).en}` }),
  lasts: () => true,
  over: (config, world) => {
    const { first, then } = compileSequence(config);
    const longest = config.within === undefined ? Infinity : checkedMs(config.within);
    for (const [i, event] of world.events.entries()) {
      const before = then.matches(event) ? world.events.slice(0, i).findLast(first.matches) : undefined;
      if (before !== undefined && event.at - before.at <= longest) {
        return find(config, [momentOf(before), momentOf(event)], world.zone);
      }
    }
    return find(config, undefined, world.zone);
  },
  compile: (config, build) => {
    const { first, then, listens, paths } = compileSequence(config);
    const longest = config.within === undefined ? Infinity : checkedMs(config.within);
    const leaf = build.leaf<Memory>('followed', config, {
      listens,
      paths,
      counts: (event) => first.matches(event) || then.matches(event),
      fold: (old, event) => {
        if (old?.length === 2) return old;
        const now = momentOf(event);
        if (old !== undefined && event.at >= old[0].t && event.at - old[0].t <= longest && then.matches(event)) {
          return [old[0], now];
        }
        return first.matches(event) && (old === undefined || event.at >= old[0].t) ? [now] : old;
      },
      form: {
        pack: (memory, pen) => memory.map((moment) => momentForm.pack(moment, pen)),
        unpack: (packed, book) =>
          (packed as unknown[]).map((moment) => momentForm.unpack(moment, book)) as unknown as Memory,
      },
    });
    const read = (sight: Sight): Pair | undefined => {
      const memory = recall(sight, leaf);
      return memory?.length === 2 ? memory : undefined;
    };
    return {
      holds: (sight) => read(sight) !== undefined,
      next: never,
      find: (sight) => find(config, read(sight), build.zone),
    };
  },
});

const momentOf = ({ at, id }: { readonly at: number; readonly id: string }): Moment => ({ t: at, id });

function said(config: FollowedConfig): Words {
  const [first, then] = [filterWords(config), filterWords(config.by)];
  const span = config.within === undefined ? undefined : durationWords(config.within);
  return {
    zh: `${first.zh}之后${span ? ` ${span.zh}内` : ''}有${then.zh}`,
    en: `${first.en} followed by ${then.en}${span ? ` within ${span.en}` : ''}`,
  };
}

function find(config: FollowedConfig, pair: Pair | undefined, zone: string): Finding {
  if (pair === undefined) {
    const { zh, en } = said(config);
    return { holds: false, evidence: [], why: { zh: `还没有：${zh}`, en: `not so far: ${en}` } };
  }
  const [first, then] = [filterWords(config), filterWords(config.by)];
  const [a, b] = pair;
  return {
    holds: true,
    evidence: [a.id, b.id],
    why: {
      zh: `${first.zh}在 ${instantText(a.t, zone)}，之后${then.zh}在 ${instantText(b.t, zone)}`,
      en: `${first.en} at ${instantText(a.t, zone)}, then ${then.en} at ${instantText(b.t, zone)}`,
    },
  };
}
