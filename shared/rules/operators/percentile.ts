import { z } from 'zod';
import { optionsOf } from '../../form/fields.ts';
import type { Words } from '../../words.ts';
import { signFits } from '../compare.ts';
import type { PercentileConfig } from '../condition.ts';
import { compareExact, type Exact, exactToText, fromExact, toExact } from '../exact.ts';
import { eventFields, eventPath, withinField } from '../fields.ts';
import { namesOf } from '../filter.ts';
import type { Finding } from '../finding.ts';
import { defineOperator } from '../operator.ts';
import { filterWords, pathWords, within } from '../say.ts';
import { compileTotal, type Total, totalOver } from '../totalled.ts';

const MEASURES: Readonly<Record<PercentileConfig['measure'], Words>> = {
  sum: { zh: '合计', en: 'sum' },
  avg: { zh: '平均', en: 'average' },
  count: { zh: '次数', en: 'number' },
};

/**
 * Her sum, average or number of an amount is above that of so many percent of all customers who have one: 客单价前三成
 * is `from: 70`. All others are not looked at when she is evaluated: the amount at which it begins is a threshold in the
 * rule itself, with its basis, found by a pass over all customers from time to time (measured below) and put in force
 * as a new version of the ruleset. Without a threshold nobody is above, but `from: 0` means everybody who has one.
 */
export const percentile = defineOperator<PercentileConfig>({
  name: 'percentile',
  label: { zh: '高于多少客户', en: 'Above a share of customers' },
  help: { zh: '例如客单价高于 70% 的客户（前三成）', en: 'For example: an average order above 70% of customers' },
  config: () =>
    z.strictObject({
      measure: z
        .enum(['sum', 'avg', 'count'])
        .meta({ label: { zh: '看什么', en: 'Measure' }, widget: 'choice', options: optionsOf(MEASURES) }),
      ...eventFields,
      of: eventPath.meta({
        label: { zh: '金额或数量', en: 'Amount' },
        help: { zh: '例如订单金额 total', en: 'For example the total of an order' },
        widget: 'property',
      }),
      within: withinField,
      from: z
        .number()
        .min(0)
        .max(99.9)
        .meta({
          label: { zh: '高于百分之几的客户', en: 'Above so many percent of customers' },
          help: {
            zh: '80：最高的两成；0：有值就算。从多少算起，每天从全部客户里量一次',
            en: '80: the highest fifth; 0: who has a value. Where that begins is measured over all customers once a day',
          },
          widget: 'number',
        }),
      // Found out by a pass over all customers, never asked for.
      threshold: z
        .number()
        .optional()
        .meta({ label: { zh: '门槛', en: 'Threshold' } }),
      basis: z
        .strictObject({ at: z.iso.datetime(), customers: z.int().min(1) })
        .optional()
        .meta({ label: { zh: '依据', en: 'Basis' } }),
    }),
  needs: (config) => ({ names: namesOf(config), within: config.within }),
  sentence: said,
  negated: (config) => {
    const { zh, en } = said(config);
    return { zh: `并非${zh}`, en: `not: ${en}` };
  },
  over: (config, world) => find(config, totalOver(config, world)),
  compile: (config, build) => {
    const total = compileTotal(config, build);
    const { measure, event, except, where, of, within: span } = config;
    build.measures(['total', measure, { event, except, where, of, within: span }], (sight) =>
      measured(config, total.read(sight)),
    );
    return {
      holds: (sight) => fits(config, total.read(sight)),
      next: total.next,
      find: (sight) => find(config, total.read(sight)),
    };
  },
  calibrate: {
    percent: (config) => (config.from === 0 ? undefined : config.from),
    threshold: (config) => config.threshold,
    settle: (config, threshold, basis) => ({ ...config, threshold, basis }),
  },
});

/** Rounded down to millionths, so that who is at the threshold is not below it. */
function measured({ measure }: PercentileConfig, { sum, count }: Total): number | undefined {
  if (count === 0) return undefined;
  if (measure === 'count') return count;
  return measure === 'sum' ? fromExact(sum) : fromExact(Math.floor(Number(sum) / count));
}

function fits({ measure, from, threshold }: PercentileConfig, { sum, count }: Total): boolean {
  if (count === 0) return false;
  if (from === 0) return true;
  if (threshold === undefined) return false;
  if (measure === 'count') return count >= threshold;
  return signFits('gte', compareExact(sum, toExact(threshold) as Exact, measure === 'avg' ? count : 1));
}

function said(config: PercentileConfig): Words {
  const span = within(config.within);
  const what = MEASURES[config.measure];
  const of = pathWords(config.of);
  const from = fromWords(config);
  return {
    zh: `${span.zh}${filterWords(config).zh}的${of.zh}${what.zh}${from.zh}`,
    en: `the ${what.en} of ${of.en} over ${filterWords(config).en}${span.en} is ${from.en}`,
  };
}

function fromWords({ from, threshold, basis }: PercentileConfig): Words {
  if (from === 0) return { zh: '有值', en: 'known' };
  const above = { zh: `高于 ${from}% 的客户`, en: `above that of ${from}% of customers` };
  if (threshold === undefined) return { zh: `${above.zh}（门槛还没算出）`, en: `${above.en} (not measured yet)` };
  const day = basis?.at.slice(0, 10);
  return {
    zh: `${above.zh}（至少 ${threshold}${basis ? `，依据 ${day} 的 ${basis.customers} 位客户` : ''}）`,
    en: `${above.en} (at least ${threshold}${basis ? `, by ${basis.customers} customers on ${day}` : ''})`,
  };
}

function find(config: PercentileConfig, total: Total): Finding {
  const span = within(config.within);
  const events = filterWords(config);
  const { measure, from, threshold, basis } = config;
  const of = pathWords(config.of);
  const { sum, count, ids } = total;
  const value = measure === 'count' ? String(count) : exactToText(sum, measure === 'avg' ? count : 1);
  const bar =
    from === 0
      ? { zh: '', en: '' }
      : threshold === undefined
        ? { zh: '，门槛还没算出', en: '; the threshold is not measured yet' }
        : {
            zh: `，${from}% 的门槛是 ${threshold}${basis ? `（${basis.at.slice(0, 10)}）` : ''}`,
            en: `; the threshold of ${from}% is ${threshold}${basis ? ` (${basis.at.slice(0, 10)})` : ''}`,
          };
  return {
    holds: fits(config, total),
    evidence: ids,
    why:
      count === 0
        ? { zh: `${span.zh}没有${events.zh}`, en: `no ${events.en}${span.en}` }
        : {
            zh: `${span.zh}${events.zh}的${of.zh}${MEASURES[measure].zh} ${value}${bar.zh}`,
            en: `the ${MEASURES[measure].en} of ${of.en} over ${events.en}${span.en} is ${value}${bar.en}`,
          },
  };
}
