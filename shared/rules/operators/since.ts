import { z } from 'zod';
import { checkedMs, durationWords } from '../../duration.ts';
import { optionsOf } from '../../form/fields.ts';
import type { Words } from '../../words.ts';
import type { SinceConfig } from '../condition.ts';
import { duration, eventField, exceptField, whereField } from '../fields.ts';
import { compileFilter, namesOf } from '../filter.ts';
import type { Finding } from '../finding.ts';
import { type Moment, momentForm } from '../moment.ts';
import { defineOperator, recall, type Sight } from '../operator.ts';
import { filterWords } from '../say.ts';
import { instantText } from '../zoned.ts';

/** The first or the last such event is at least so long ago, or less. Of none nothing holds. Memory: that one. */
export const since = defineOperator<SinceConfig>({
  name: 'since',
  label: { zh: '距第一次或最近一次', en: 'Time since first or last' },
  help: { zh: '例如第一次下单不到 30 天', en: 'For example: the first order is less than 30 days ago' },
  config: () =>
    z.strictObject({
      which: z.enum(['first', 'last']).meta({
        label: { zh: '哪一次', en: 'Which' },
        widget: 'choice',
        options: optionsOf(WHICH),
      }),
      event: eventField,
      except: exceptField,
      where: whereField,
      op: z.enum(['gte', 'lt']).meta({
        label: { zh: '比较', en: 'Comparison' },
        widget: 'choice',
        options: optionsOf(HOW),
      }),
      for: duration.meta({ label: { zh: '多久', en: 'How long' }, widget: 'duration' }),
    }),
  needs: (config) => ({ names: namesOf(config) }),
  sentence: said,
  negated: (config) => {
    const { zh, en } = said({ ...config, op: config.op === 'gte' ? 'lt' : 'gte' });
    return { zh: `${zh}（或还没有）`, en: `${en} (or there is none)` };
  },
  over: (config, world) => {
    const events = world.events.filter(compileFilter(config).matches);
    const event = config.which === 'first' ? events[0] : events.at(-1);
    return find(config, event && { t: event.at, id: event.id }, world.now, world.zone);
  },
  compile: (config, build) => {
    const { event, except, where, which } = config;
    const filter = compileFilter(config);
    const forMs = checkedMs(config.for);
    const leaf = build.leaf<Moment>(
      'since',
      { event, except, where, which },
      {
        listens: filter.listens,
        paths: filter.paths,
        counts: filter.fits,
        form: momentForm,
        fold: (old, seen) => {
          if (!filter.fits(seen)) return old;
          if (old !== undefined && (which === 'first' ? old.t <= seen.at : old.t > seen.at)) return old;
          return { t: seen.at, id: seen.id };
        },
      },
    );
    const read = (sight: Sight): Moment | undefined => recall(sight, leaf);
    return {
      holds: (sight) => fits(config, read(sight), sight.at),
      next: (sight) => {
        const due = (read(sight)?.t ?? -Infinity) + forMs;
        return due > sight.at ? due : Infinity;
      },
      find: (sight) => find(config, read(sight), sight.at, build.zone),
    };
  },
});

function fits(config: SinceConfig, moment: Moment | undefined, now: number): boolean {
  return moment !== undefined && now - moment.t >= checkedMs(config.for) === (config.op === 'gte');
}

const HOW: Record<SinceConfig['op'], Words> = {
  gte: { zh: '已满', en: 'at least so long ago' },
  lt: { zh: '还不满', en: 'less than so long ago' },
};

const WHICH: Record<SinceConfig['which'], Words> = {
  first: { zh: '第一次', en: 'first' },
  last: { zh: '最近一次', en: 'last' },
};

function said(config: SinceConfig): Words {
  const what = filterWords(config);
  const span = durationWords(config.for);
  const which = WHICH[config.which];
  return config.op === 'gte'
    ? { zh: `${which.zh}${what.zh}已满 ${span.zh}`, en: `the ${which.en} ${what.en} was at least ${span.en} ago` }
    : { zh: `${which.zh}${what.zh}还不满 ${span.zh}`, en: `the ${which.en} ${what.en} was less than ${span.en} ago` };
}

function find(config: SinceConfig, moment: Moment | undefined, now: number, zone: string): Finding {
  const what = filterWords(config);
  const which = WHICH[config.which];
  return {
    holds: fits(config, moment, now),
    evidence: moment === undefined ? [] : [moment.id],
    why:
      moment === undefined
        ? { zh: `从未有过${what.zh}`, en: `never had ${what.en}` }
        : {
            zh: `${which.zh}${what.zh}在 ${instantText(moment.t, zone)}`,
            en: `the ${which.en} ${what.en} was at ${instantText(moment.t, zone)}`,
          },
  };
}
