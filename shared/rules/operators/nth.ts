import { z } from 'zod';
import type { NthConfig } from '../condition.ts';
import { eventField, exceptField, whereField } from '../fields.ts';
import { compileFilter, namesOf } from '../filter.ts';
import type { Finding } from '../finding.ts';
import { onlyAfter } from '../only-after.ts';
import { defineOperator, never, recall, type Sight } from '../operator.ts';
import { filterWords } from '../say.ts';

interface Reached {
  readonly n: number;
  /** The n-th event, once it has come. */
  readonly id?: string;
}

/** From the n-th such event of her life on. Memory: a count up to n, and the id of the n-th. */
export const nth = defineOperator<NthConfig>({
  name: 'nth',
  label: { zh: '第 N 次', en: 'The n-th time' },
  help: { zh: '从第 N 次起一直成立', en: 'True from the n-th time on' },
  config: () =>
    z.strictObject({
      event: eventField,
      except: exceptField,
      where: whereField,
      n: z
        .int()
        .min(1)
        .max(1_000_000)
        .meta({ label: { zh: '第几次', en: 'Which' }, widget: 'number' }),
    }),
  needs: (config) => ({ names: namesOf(config) }),
  sentence: (config) => ({
    zh: `完成第 ${config.n} 次${filterWords(config).zh}`,
    en: `${filterWords(config).en} for the ${ordinal(config.n)} time`,
  }),
  negated: (config) => {
    const what = filterWords(config);
    if (config.n === 1) return { zh: `还没有${what.zh}`, en: `no ${what.en} yet` };
    return { zh: `还没有完成第 ${config.n} 次${what.zh}`, en: `no ${ordinal(config.n)} ${what.en} yet` };
  },
  ...onlyAfter<NthConfig>(),
  lasts: () => true,
  over: (config, world) => {
    const events = world.events.filter(compileFilter(config).matches);
    return say(config, events.length, events[config.n - 1]?.id);
  },
  compile: (config, build) => {
    const filter = compileFilter(config);
    const leaf = build.leaf<Reached>('nth', config, {
      listens: filter.listens,
      paths: filter.paths,
      counts: filter.fits,
      fold: (old, event) => {
        const n = old?.n ?? 0;
        if (n >= config.n || !filter.fits(event)) return old;
        return n + 1 === config.n ? { n: n + 1, id: event.id } : { n: n + 1 };
      },
      form: {
        pack: ({ n, id }, pen) => (id === undefined ? [n] : [n, pen.text(id)]),
        unpack: (packed, book) => {
          const [n, id] = packed as [number, number?];
          return id === undefined ? { n } : { n, id: book.text(id) };
        },
      },
    });
    const read = (sight: Sight): Reached | undefined => recall(sight, leaf);
    return {
      holds: (sight) => (read(sight)?.n ?? 0) >= config.n,
      next: never,
      find: (sight) => {
        const reached = read(sight);
        return say(config, reached?.n ?? 0, reached?.id);
      },
    };
  },
});

function say(config: NthConfig, count: number, id: string | undefined): Finding {
  const what = filterWords(config);
  return {
    holds: count >= config.n,
    evidence: id === undefined ? [] : [id],
    why:
      count >= config.n
        ? { zh: `已完成第 ${config.n} 次${what.zh}`, en: `${what.en} for the ${ordinal(config.n)} time` }
        : {
            zh: `${what.zh}才 ${count} 次，要到第 ${config.n} 次`,
            en: `${what.en} ${count} of ${config.n} times so far`,
          },
  };
}

function ordinal(n: number): string {
  const rest = n % 100;
  if (rest >= 11 && rest <= 13) return `${n}th`;
  return `${n}${{ 1: 'st', 2: 'nd', 3: 'rd' }[n % 10] ?? 'th'}`;
}
