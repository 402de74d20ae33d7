import type { Words } from '../../words.ts';
import { signFits } from '../compare.ts';
import type { SumConfig } from '../condition.ts';
import { compareExact, type Exact, exactToText, toExact } from '../exact.ts';
import { namesOf } from '../filter.ts';
import type { Finding } from '../finding.ts';
import { onlyAfter } from '../only-after.ts';
import { defineOperator } from '../operator.ts';
import { amount, filterWords, OPPOSITE, often, pathWords, within } from '../say.ts';
import { compileTotal, type Total, totalConfig, totalOver } from '../totalled.ts';

/**
 * The average of an amount over such events that have it, ever or in a sliding window. Of none there is no average, and
 * nothing holds. Compared without dividing, so exact.
 */
export const avg = defineOperator<SumConfig>({
  name: 'avg',
  label: { zh: '平均', en: 'Average' },
  help: { zh: '例如客单价不低于 500', en: 'For example: an average order of 500 or more' },
  config: totalConfig,
  needs: (config) => ({ names: namesOf(config), within: config.within }),
  sentence: said,
  /** Of none there is no average, so that is a way of failing, too. */
  negated: (config) => {
    const { zh, en } = said({ ...config, op: OPPOSITE[config.op] });
    return { zh: `${zh}（或还没有）`, en: `${en} (or there are none)` };
  },
  ...onlyAfter<SumConfig>(),
  over: (config, world) => find(config, totalOver(config, world)),
  compile: (config, build) => {
    const total = compileTotal(config, build);
    return {
      holds: (sight) => fits(config, total.read(sight)),
      next: total.next,
      find: (sight) => find(config, total.read(sight)),
    };
  },
});

function said(config: SumConfig): Words {
  const n = amount(config.op, config.value);
  const span = within(config.within);
  const of = pathWords(config.of);
  return {
    zh: `${span.zh}${filterWords(config).zh}的平均${of.zh}${n.zh}`,
    en: `the average ${of.en} of ${filterWords(config).en}${span.en} is ${n.en}`,
  };
}

const fits = ({ op, value }: SumConfig, { sum, count }: Total): boolean =>
  count > 0 && signFits(op, compareExact(sum, toExact(value) as Exact, count));

function find(config: SumConfig, total: Total): Finding {
  const span = within(config.within);
  const what = filterWords(config);
  const of = pathWords(config.of);
  return {
    holds: fits(config, total),
    evidence: total.ids,
    why:
      total.count === 0
        ? { zh: `${span.zh}没有${what.zh}`, en: `no ${what.en}${span.en}` }
        : {
            zh: `${span.zh}${what.zh} ${total.count} 次，平均${of.zh.trimEnd()} ${exactToText(total.sum, total.count)}`,
            en: `${what.en} ${often(total.count)}${span.en}, ${of.en} averages ${exactToText(total.sum, total.count)}`,
          },
  };
}
