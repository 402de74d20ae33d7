import { z } from 'zod';
import { checkedMs, durationWords } from '../../duration.ts';
import type { SilentConfig } from '../condition.ts';
import { duration, eventField, exceptField } from '../fields.ts';
import { compileFilter, namesOf } from '../filter.ts';
import type { Finding } from '../finding.ts';
import { type Moment, momentForm } from '../moment.ts';
import { onlyAfter } from '../only-after.ts';
import { defineOperator, recall, type Sight } from '../operator.ts';
import { filterWords, once } from '../say.ts';
import type { Seen } from '../seen.ts';
import { instantText } from '../zoned.ts';

/**
 * Had one such event, and none for so long: true from exactly last + for. Who never had one is not silent, but unknown.
 * Memory: the last one.
 */
export const silent = defineOperator<SilentConfig>({
  name: 'silent',
  label: { zh: '沉默', en: 'Silent' },
  help: { zh: '有过，但已这么久没有', en: 'Had one, and none for so long' },
  config: () =>
    z.strictObject({
      for: duration.meta({ label: { zh: '多久', en: 'For' }, widget: 'duration' }),
      event: eventField.optional().meta({
        label: { zh: '没有哪个事件', en: 'Without' },
        help: { zh: '不填为任何事件', en: 'Empty: any event' },
        widget: 'event-name',
      }),
      except: exceptField,
    }),
  needs: (config) => ({ names: namesOf(filterOf(config)) }),
  sentence: (config) => {
    const span = durationWords(config.for);
    return {
      zh: `已 ${span.zh}没有${filterWords(filterOf(config)).zh}`,
      en: `no ${told(config)} for ${span.en} or more`,
    };
  },
  negated: (config) => {
    const span = durationWords(config.for);
    return {
      zh: `没有${filterWords(filterOf(config)).zh}还不满 ${span.zh}`,
      en: `not yet ${span.en} without ${told(config)}`,
    };
  },
  ...onlyAfter<SilentConfig>(
    () => true,
    (config) => filterOf(config),
  ),
  over: (config, world) =>
    find(config, world.events.findLast(compileFilter(filterOf(config)).matches), world.now, world.zone),
  compile: (config, build) => {
    const filter = compileFilter(filterOf(config));
    const forMs = checkedMs(config.for);
    const leaf = build.leaf<Moment>('last', filterOf(config), {
      listens: filter.listens,
      paths: filter.paths,
      fold: (old, event) =>
        filter.fits(event) && (old === undefined || old.t <= event.at) ? { t: event.at, id: event.id } : old,
      form: momentForm,
    });
    const read = (sight: Sight): Moment | undefined => recall(sight, leaf);
    return {
      holds: (sight) => {
        const last = read(sight);
        return last !== undefined && sight.at - last.t >= forMs;
      },
      next: (sight) => {
        const due = (read(sight)?.t ?? -Infinity) + forMs;
        return due > sight.at ? due : Infinity;
      },
      find: (sight) => {
        const last = read(sight);
        return find(config, last && { id: last.id, at: last.t }, sight.at, build.zone);
      },
    };
  },
});

const filterOf = once(({ event, except }: SilentConfig) => ({ event: event ?? '*', ...(except ? { except } : {}) }));

const told = once((config: SilentConfig) => filterWords(filterOf(config)).en.replace(/^anything/, 'activity'));

const lengthOf = once((config: SilentConfig) => checkedMs(config.for));

function find(config: SilentConfig, last: Pick<Seen, 'id' | 'at'> | undefined, now: number, zone: string): Finding {
  const what = filterWords(filterOf(config));
  if (last === undefined) {
    return { holds: false, evidence: [], why: { zh: `从未有过${what.zh}`, en: `never had ${told(config)}` } };
  }
  const days = Math.floor((now - last.at) / 86_400_000);
  return {
    holds: now - last.at >= lengthOf(config),
    evidence: [last.id],
    why: {
      zh: `最近一次${what.zh.replace(/^任何/, '')}在 ${instantText(last.at, zone)}，已 ${days} 天`,
      en: `the last ${told(config)} was at ${instantText(last.at, zone)}, ${days} ${days === 1 ? 'day' : 'days'} ago`,
    },
  };
}
