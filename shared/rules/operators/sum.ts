import type { Words } from '../../words.ts';
import { SIGN_TESTS, signFits } from '../compare.ts';
import type { SumConfig } from '../condition.ts';
import { compareExact, type Exact, exactToText, toExact } from '../exact.ts';
import { namesOf } from '../filter.ts';
import type { Finding } from '../finding.ts';
import { onlyAfter } from '../only-after.ts';
import { defineOperator } from '../operator.ts';
import { amount, filterWords, OPPOSITE, often, once, pathWords, within } from '../say.ts';
import { compileTotal, type Total, totalConfig, totalOver } from '../totalled.ts';

/** The sum of an amount over such events, ever or in a sliding window; of none it is 0. Exact to six decimals. */
export const sum = defineOperator<SumConfig>({
  name: 'sum',
  label: { zh: '合计', en: 'Sum' },
  help: { zh: '例如累计消费不低于 1000', en: 'For example: spent 1,000 or more' },
  config: totalConfig,
  needs: (config) => ({ names: namesOf(config), within: config.within }),
  sentence: said,
  negated: (config) => said({ ...config, op: OPPOSITE[config.op] }),
  ...onlyAfter<SumConfig>((config) => !fits(config, { sum: 0, count: 0, ids: [] })),
  over: (config, world) => find(config, totalOver(config, world)),
  compile: (config, build) => {
    const total = compileTotal(config, build);
    const bar = toExact(config.value) as Exact;
    const fits = SIGN_TESTS[config.op];
    return {
      holds: (sight) => fits(compareExact(total.sum(sight), bar)),
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
    zh: `${span.zh}${filterWords(config).zh}的${of.zh}合计${n.zh}`,
    en: `the ${of.en} of ${filterWords(config).en}${span.en} adds up to ${n.en}`,
  };
}

const fits = ({ op, value }: SumConfig, total: Total): boolean =>
  signFits(op, compareExact(total.sum, toExact(value) as Exact));

const partsOf = once(({ within: span, of }: SumConfig) => ({ span: within(span), of: pathWords(of) }));

function find(config: SumConfig, total: Total): Finding {
  const { span, of } = partsOf(config);
  const text = exactToText(total.sum);
  return {
    holds: fits(config, total),
    evidence: total.ids,
    why: {
      zh: `${span.zh}${filterWords(config).zh} ${total.count} 次，${of.zh.trimStart()}合计 ${text}`,
      en: `${filterWords(config).en} ${often(total.count)}${span.en}, ${of.en} adds up to ${text}`,
    },
  };
}
