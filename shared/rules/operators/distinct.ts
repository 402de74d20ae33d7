import { z } from 'zod';
import { checkedMs } from '../../duration.ts';
import type { Words } from '../../words.ts';
import type { DistinctConfig } from '../condition.ts';
import { capOf, countFits } from '../counted.ts';
import { countSchema, eventField, eventPath, exceptField, whereField, withinField } from '../fields.ts';
import { compileFilter, namesOf } from '../filter.ts';
import type { Finding } from '../finding.ts';
import { defineOperator, recall, type Sight } from '../operator.ts';
import { readKeys, splitPath } from '../read-path.ts';
import { amount, filterWords, OPPOSITE, pathWords, within } from '../say.ts';

/** A value, when it came last, and with which event. */
interface Value {
  readonly v: string;
  readonly t: number;
  readonly id: string;
}

/**
 * How many different values of a property, ever or in a sliding window. Memory: of the values the last ones that decide
 * (at most 101), each with its last time.
 */
export const distinct = defineOperator<DistinctConfig>({
  name: 'distinct',
  label: { zh: '不同的值', en: 'Different values' },
  help: { zh: '例如 30 天内看过 3 个不同品类', en: 'For example: looked at 3 different categories in 30 days' },
  config: () =>
    z.strictObject({
      event: eventField,
      except: exceptField,
      where: whereField,
      of: eventPath.meta({
        label: { zh: '数哪个属性', en: 'Values of' },
        help: { zh: '例如几个不同的品类：category', en: 'For example how many different categories: category' },
        widget: 'property',
      }),
      within: withinField,
      count: countSchema.meta({ label: { zh: '多少个', en: 'How many' }, widget: 'count' }),
    }),
  needs: (config) => ({ names: namesOf(config), within: config.within }),
  sentence: said,
  negated: (config) => said({ ...config, count: { ...config.count, op: OPPOSITE[config.count.op] } }),
  over: (config, world) => {
    const filter = compileFilter(config);
    const path = splitPath(config.of);
    const from = config.within === undefined ? -Infinity : world.now - checkedMs(config.within);
    const values = world.events
      .filter((event) => event.at > from && filter.matches(event))
      .flatMap((event) => readKeys(event, path).map((v) => ({ v, t: event.at, id: event.id })));
    return find(config, [...new Map(values.map((value) => [value.v, value])).values()].length, values);
  },
  compile: (config, build) => {
    const filter = compileFilter(config);
    const path = splitPath(config.of);
    const { op, value } = config.count;
    const cap = capOf(op, value);
    const windowMs = config.within === undefined ? Infinity : checkedMs(config.within);
    const leaf = build.leaf<readonly Value[]>('distinct', config, {
      listens: filter.listens,
      paths: [...filter.paths, config.of],
      counts: (event) => filter.fits(event) && readKeys(event, path).length > 0,
      fold: (old, event) => {
        if ((windowMs === Infinity && old !== undefined && old.length >= cap) || !filter.fits(event)) return old;
        const keys = readKeys(event, path);
        if (keys.length === 0) return old;
        const came = keys.map((v) => ({ v, t: event.at, id: event.id }));
        const last = new Map<string, Value>();
        for (const each of [...(old ?? []), ...came].sort((a, b) => a.t - b.t)) {
          last.delete(each.v);
          last.set(each.v, each);
        }
        const all = [...last.values()];
        const latest = (all.at(-1) as Value).t;
        return all.filter(({ t }) => t > latest - windowMs).slice(-cap);
      },
      form: {
        pack: (values, pen) => values.flatMap(({ v, t, id }) => [v, pen.time(t), pen.text(id)]),
        unpack: (packed, book) => {
          const flat = packed as readonly unknown[];
          return Array.from({ length: flat.length / 3 }, (_, i) => ({
            v: flat[3 * i] as string,
            t: book.time(flat[3 * i + 1] as number),
            id: book.text(flat[3 * i + 2] as number),
          }));
        },
      },
    });
    const inside = (sight: Sight, at = sight.at): readonly Value[] =>
      (recall(sight, leaf) ?? []).filter(({ t }) => t > at - windowMs);
    return {
      holds: (sight) => countFits(op, inside(sight).length, value),
      next: (sight) => {
        const values = inside(sight);
        const now = countFits(op, values.length, value);
        const leaving = values.find(({ t }) => countFits(op, inside(sight, t + windowMs).length, value) !== now);
        return leaving === undefined ? Infinity : leaving.t + windowMs;
      },
      find: (sight) => {
        const values = inside(sight);
        return find(config, values.length, values, cap);
      },
    };
  },
});

const valuesOf = (n: number): string => (n === 1 ? 'value' : 'values');

function said(config: DistinctConfig): Words {
  const span = within(config.within);
  const what = filterWords(config);
  const n = amount(config.count.op, config.count.value);
  const of = pathWords(config.of);
  return {
    zh: `${span.zh}${what.zh}的不同${of.zh}${n.zh} 个`,
    en: `${what.en} with ${n.en} different ${valuesOf(config.count.value)} of ${of.en}${span.en}`,
  };
}

function find(config: DistinctConfig, count: number, values: readonly Value[], cap = Infinity): Finding {
  const span = within(config.within);
  const what = filterWords(config);
  const of = pathWords(config.of);
  const more = count >= cap;
  return {
    holds: countFits(config.count.op, count, config.count.value),
    evidence: [...new Set(values.map(({ id }) => id))].slice(-3),
    why: {
      zh: `${span.zh}${what.zh}有 ${count} 个${more ? '以上' : ''}不同的${of.zh.trimEnd()}`,
      en: `${what.en} with ${count}${more ? ' or more' : ''} different ${valuesOf(count)} of ${of.en}${span.en}`,
    },
  };
}
