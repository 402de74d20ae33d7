import { checkedMs, durationWords } from '../../duration.ts';
import type { Words } from '../../words.ts';
import type { FollowedConfig } from '../condition.ts';
import type { Finding } from '../finding.ts';
import { type Moment, momentForm } from '../moment.ts';
import { defineOperator, recall, type Sight } from '../operator.ts';
import { filterWords } from '../say.ts';
import { compileSequence, sequenceConfig, sequenceNeeds } from '../sequence.ts';
import { instantText } from '../zoned.ts';

/**
 * An A that no B has followed so far: from A on, or where a time is given from exactly that long after it, until a B
 * comes. Of several A without a B the first one counts. Memory: that one.
 */
export const notFollowed = defineOperator<FollowedConfig>({
  name: 'notFollowed',
  label: { zh: '之后没有做', en: 'Not followed by' },
  help: { zh: '例如咨询后 3 天没有下单', en: 'For example: asked, and did not order for 3 days' },
  config: () =>
    sequenceConfig({
      label: { zh: '过了多久', en: 'For' },
      help: { zh: '不填则立即成立', en: 'Empty: from the first moment' },
    }),
  needs: sequenceNeeds,
  sentence: said,
  negated: (config) =>
    config.within === undefined ? noneOpen(config) : { zh: `并非${said(config).zh}`, en: `not ${said(config).en}` },
  over: (config, world) => {
    const { first, then } = compileSequence(config);
    const answered = world.events.findLastIndex(then.matches);
    // What is A and B at once answers those before it, and waits for a B itself.
    const open = world.events.slice(Math.max(0, answered)).find(first.matches);
    return find(config, open && { t: open.at, id: open.id }, world.now, world.zone);
  },
  compile: (config, build) => {
    const { first, then, listens, paths } = compileSequence(config);
    const leaf = build.leaf<Moment>(
      'notFollowed',
      { ...config, within: undefined },
      {
        listens,
        paths,
        counts: (event) => first.matches(event) || then.matches(event),
        form: momentForm,
        fold: (old, event) => {
          const waiting = old !== undefined && event.at >= old.t && then.matches(event) ? undefined : old;
          return waiting === undefined && first.matches(event) ? { t: event.at, id: event.id } : waiting;
        },
      },
    );
    const read = (sight: Sight): Moment | undefined => recall(sight, leaf);
    return {
      holds: (sight) => fits(config, read(sight), sight.at),
      next: (sight) => {
        const due = (read(sight)?.t ?? -Infinity) + spanOf(config);
        return due > sight.at ? due : Infinity;
      },
      find: (sight) => find(config, read(sight), sight.at, build.zone),
    };
  },
});

const spanOf = ({ within }: FollowedConfig): number => (within === undefined ? 0 : checkedMs(within));

const fits = (config: FollowedConfig, open: Moment | undefined, now: number): boolean =>
  open !== undefined && now - open.t >= spanOf(config);

function said(config: FollowedConfig): Words {
  const [first, then] = [filterWords(config), filterWords(config.by)];
  const span = config.within === undefined ? undefined : durationWords(config.within);
  return {
    zh: `${first.zh}之后${span ? ` ${span.zh}` : ''}没有${then.zh}`,
    en: `${first.en} not followed by ${then.en}${span ? ` for ${span.en}` : ''}`,
  };
}

/** That every A has had its B. */
function noneOpen(config: FollowedConfig): Words {
  const [first, then] = [filterWords(config), filterWords(config.by)];
  return {
    zh: `每次${first.zh}之后都已有${then.zh}，或还没有${first.zh}`,
    en: `no ${first.en} without ${then.en} after it`,
  };
}

function find(config: FollowedConfig, open: Moment | undefined, now: number, zone: string): Finding {
  const [first, then] = [filterWords(config), filterWords(config.by)];
  return {
    holds: fits(config, open, now),
    evidence: open === undefined ? [] : [open.id],
    why:
      open === undefined
        ? noneOpen(config)
        : {
            zh: `${first.zh}在 ${instantText(open.t, zone)}，之后没有${then.zh}`,
            en: `${first.en} at ${instantText(open.t, zone)}, no ${then.en} since`,
          },
  };
}
