/**
 * The memory behind the smallest and the largest amount. Ever: that one. In a window: those that may still become it,
 * which are the ones that no later one beats; at most MAX_AMOUNTS, beyond which the two oldest are joined and leave
 * together, when the younger of them does.
 */

import { checkedMs } from '../duration.ts';
import type { Words } from '../words.ts';
import { signFits } from './compare.ts';
import type { SumConfig } from './condition.ts';
import { compareExact, type Exact, exactToText, toExact } from './exact.ts';
import { compileFilter, namesOf } from './filter.ts';
import type { Finding } from './finding.ts';
import type { Form } from './form.ts';
import { onlyAfter } from './only-after.ts';
import { defineOperator, type Operator, recall, type Sight } from './operator.ts';
import { readPath, splitPath } from './read-path.ts';
import { amount, filterWords, OPPOSITE, pathWords, within } from './say.ts';
import { totalConfig } from './totalled.ts';

interface Amount {
  readonly t: number;
  readonly v: Exact;
  readonly id: string;
}

const MAX_AMOUNTS = 64;

/** [time, amount, id] of each, flat. */
const form: Form<readonly Amount[]> = {
  pack: (amounts, pen) => amounts.flatMap(({ t, v, id }) => [pen.time(t), v, pen.text(id)]),
  unpack: (packed, book) => {
    const flat = packed as readonly (number | string)[];
    return Array.from({ length: flat.length / 3 }, (_, i) => ({
      t: book.time(flat[3 * i] as number),
      v: flat[3 * i + 1] as Exact,
      id: book.text(flat[3 * i + 2] as number),
    }));
  },
};

/** @param sign 1 for the largest, -1 for the smallest */
export function extreme(
  name: 'min' | 'max',
  sign: 1 | -1,
  label: Words,
  help: Words,
  superlative: Words,
): Operator<SumConfig> {
  const beats = (a: Exact, b: Exact): boolean => compareExact(a, b) * sign >= 0;
  /** In the order of time; of equal amounts the later. */
  const standing = (amounts: readonly Amount[]): Amount[] => {
    const kept: Amount[] = [];
    for (const each of amounts) {
      while (kept.length > 0 && beats(each.v, (kept.at(-1) as Amount).v)) kept.pop();
      kept.push(each);
    }
    return kept;
  };
  const said = (config: SumConfig): Words => {
    const n = amount(config.op, config.value);
    const span = within(config.within);
    const what = filterWords(config);
    const of = pathWords(config.of);
    return {
      zh: `${span.zh}${what.zh}的${superlative.zh}${of.zh}${n.zh}`,
      en: `the ${superlative.en} ${of.en} of ${what.en}${span.en} is ${n.en}`,
    };
  };
  const find = (config: SumConfig, found: Amount | undefined): Finding => {
    const span = within(config.within);
    const what = filterWords(config);
    const of = pathWords(config.of);
    return {
      holds: fits(config, found),
      evidence: found === undefined ? [] : [found.id],
      why:
        found === undefined
          ? { zh: `${span.zh}没有${what.zh}`, en: `no ${what.en}${span.en}` }
          : {
              zh: `${span.zh}${what.zh}的${superlative.zh}${of.zh.trimEnd()} ${exactToText(found.v)}`,
              en: `the ${superlative.en} ${of.en} of ${what.en}${span.en} is ${exactToText(found.v)}`,
            },
    };
  };
  return defineOperator<SumConfig>({
    name,
    label,
    help,
    config: totalConfig,
    needs: (config) => ({ names: namesOf(config), within: config.within }),
    sentence: said,
    negated: (config) => {
      const { zh, en } = said({ ...config, op: OPPOSITE[config.op] });
      return { zh: `${zh}（或还没有）`, en: `${en} (or there are none)` };
    },
    ...onlyAfter<SumConfig>(),
    lasts: ({ within: window, op }) =>
      window === undefined && (sign === 1 ? ['gt', 'gte'] : ['lt', 'lte']).includes(op),
    over: (config, world) => {
      const filter = compileFilter(config);
      const of = splitPath(config.of);
      const from = config.within === undefined ? -Infinity : world.now - checkedMs(config.within);
      const amounts = world.events
        .filter((event) => event.at > from && filter.matches(event))
        .flatMap((event): Amount[] => {
          const v = toExact(readPath(event, of));
          return v === undefined ? [] : [{ t: event.at, v, id: event.id }];
        });
      return find(config, standing(amounts)[0]);
    },
    compile: (config, build) => {
      const { event, except, where, of, within: window } = config;
      const filter = compileFilter(config);
      const path = splitPath(of);
      const windowMs = window === undefined ? Infinity : checkedMs(window);
      const leaf = build.leaf<readonly Amount[]>(
        name,
        { event, except, where, of, within: window },
        {
          listens: filter.listens,
          paths: [...filter.paths, of],
          counts: (seen) => filter.fits(seen) && toExact(readPath(seen, path)) !== undefined,
          form,
          fold: (old = NONE, seen) => {
            if (!filter.fits(seen)) return old === NONE ? undefined : old;
            const v = toExact(readPath(seen, path));
            if (v === undefined) return old === NONE ? undefined : old;
            const all = [...old, { t: seen.at, v, id: seen.id }].sort((a, b) => a.t - b.t);
            const kept = standing(all.filter(({ t }) => t > (all.at(-1) as Amount).t - windowMs));
            if (windowMs === Infinity) return kept[0] === old[0] ? old : kept.slice(0, 1);
            while (kept.length > MAX_AMOUNTS) {
              const [first, second] = kept as [Amount, Amount];
              kept.splice(0, 2, { ...first, t: second.t });
            }
            return kept;
          },
        },
      );
      const best = (sight: Sight): Amount | undefined => recall(sight, leaf)?.find(({ t }) => t > sight.at - windowMs);
      return {
        holds: (sight) => fits(config, best(sight)),
        next: (sight) => (best(sight)?.t ?? Infinity) + windowMs,
        find: (sight) => find(config, best(sight)),
      };
    },
  });
}

const NONE: readonly Amount[] = [];

const fits = ({ op, value }: SumConfig, found: Amount | undefined): boolean =>
  found !== undefined && signFits(op, compareExact(found.v, toExact(value) as Exact));
