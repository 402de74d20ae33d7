import { z } from 'zod';
import type { Words } from '../../words.ts';
import type { FirstConfig } from '../condition.ts';
import { eventFields, whereField } from '../fields.ts';
import { compileFilter, namesOf } from '../filter.ts';
import type { Finding } from '../finding.ts';
import { type Moment, momentForm } from '../moment.ts';
import { onlyAfter } from '../only-after.ts';
import { defineOperator, never, recall, type Sight } from '../operator.ts';
import { allOf, failedTestWords, filterWords, testWords } from '../say.ts';
import { instantText } from '../zoned.ts';

/** The first one, and whether it was of that sort. */
interface First extends Moment {
  readonly is: boolean;
}

/**
 * The very first such event was of a certain sort: the channel she came by, the category she began with. What comes later
 * changes nothing, whatever it says; only an earlier one that is told late does. Memory: that one.
 */
export const first = defineOperator<FirstConfig>({
  name: 'first',
  label: { zh: '第一次是', en: 'The first one was' },
  help: {
    zh: '例如第一次添加时的渠道，以后再来不改',
    en: 'For example the channel she came by first, whatever came later',
  },
  config: () =>
    z.strictObject({
      ...eventFields,
      is: whereField
        .unwrap()
        .min(1)
        .meta({
          label: { zh: '第一次时', en: 'And the first one' },
          help: { zh: '全部成立才算', en: 'All must hold' },
          widget: 'property-tests',
        }),
    }),
  needs: (config) => ({ names: namesOf(config) }),
  sentence: said,
  negated: (config) => {
    const what = filterWords(config);
    const not = notOf(config);
    return {
      zh: `第一次${what.zh}时，${not.zh}，或还没有过`,
      en: `at the first ${what.en}, ${not.en}; or there is none`,
    };
  },
  ...onlyAfter<FirstConfig>(),
  lasts: () => true,
  over: (config, world) => {
    const event = world.events.find(compileFilter(config).matches);
    const fits = compileFilter({ event: '*', where: config.is }).fits;
    return find(config, event && { t: event.at, id: event.id, is: fits(event) }, world.zone);
  },
  compile: (config, build) => {
    const filter = compileFilter(config);
    const is = compileFilter({ event: '*', where: config.is });
    const leaf = build.leaf<First>('first', config, {
      listens: filter.listens,
      paths: [...filter.paths, ...is.paths],
      counts: filter.fits,
      form: {
        pack: (memory, pen) => [momentForm.pack(memory, pen), memory.is ? 1 : 0],
        unpack: (packed, book) => {
          const [moment, fits] = packed as [unknown, number];
          return { ...momentForm.unpack(moment, book), is: fits === 1 };
        },
      },
      fold: (old, event) =>
        !filter.fits(event) || (old !== undefined && old.t <= event.at)
          ? old
          : { t: event.at, id: event.id, is: is.fits(event) },
    });
    const read = (sight: Sight): First | undefined => recall(sight, leaf);
    return {
      holds: (sight) => read(sight)?.is === true,
      next: never,
      find: (sight) => find(config, read(sight), build.zone),
    };
  },
});

const testsOf = ({ is }: FirstConfig): Words => {
  return allOf(is.map(testWords));
};

/** That not all of it was so. */
const notOf = (config: FirstConfig): Words => {
  const [only, ...more] = config.is;
  if (only !== undefined && more.length === 0) return failedTestWords(only);
  const { zh, en } = testsOf(config);
  return { zh: `并非：${zh}`, en: `not: ${en}` };
};

function said(config: FirstConfig): Words {
  const what = filterWords(config);
  const is = testsOf(config);
  return { zh: `第一次${what.zh}时，${is.zh}`, en: `at the first ${what.en}, ${is.en}` };
}

function find(config: FirstConfig, it: First | undefined, zone: string): Finding {
  const what = filterWords(config);
  if (it === undefined)
    return { holds: false, evidence: [], why: { zh: `从未有过${what.zh}`, en: `never had ${what.en}` } };
  const so = it.is ? testsOf(config) : notOf(config);
  const when = instantText(it.t, zone);
  return {
    holds: it.is,
    evidence: [it.id],
    why: { zh: `第一次${what.zh}在 ${when}，${so.zh}`, en: `the first ${what.en} was at ${when}: ${so.en}` },
  };
}
