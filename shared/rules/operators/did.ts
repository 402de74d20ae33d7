import { z } from 'zod';
import { checkedMs } from '../../duration.ts';
import type { Words } from '../../words.ts';
import type { DidConfig } from '../condition.ts';
import { answersOf, type Counted, capOf, counter, countFits, latestIds } from '../counted.ts';
import { countSchema, eventField, eventPath, exceptField, whereField, withinField } from '../fields.ts';
import { compileFilter, namesOf } from '../filter.ts';
import type { Finding } from '../finding.ts';
import { onlyAfter } from '../only-after.ts';
import { defineOperator, never, recall, type Sight } from '../operator.ts';
import { readKeys, splitPath } from '../read-path.ts';
import { withoutRoom } from '../room.ts';
import { amount, filterWords, none, OPPOSITE, often, once, pathWords, soOften, within } from '../say.ts';
import type { Seen } from '../seen.ts';

/** Of the values of `by` the most recently seen are counted; this many fit every use we know and stay small. */
const MAX_BY_VALUES = 16;

/**
 * Did something, so and so often, ever or in a sliding window; with `by`, so and so often with the same value of a
 * property (the same product), and that value is handed on.
 *
 * Memory: without a window a count up to the number that decides; in a window the last that many times; with `by` one
 * of these for each of the last 16 values (fewer of long ones, see room.ts), so a 17th value within the window makes the
 * longest untouched start anew.
 */
export const did = defineOperator<DidConfig>({
  name: 'did',
  label: { zh: '做过', en: 'Did' },
  help: { zh: '做过某事，可限次数、时间窗与属性', en: 'Did something: how often, how lately, with which properties' },
  config: () =>
    z.strictObject({
      event: eventField,
      except: exceptField,
      where: whereField,
      within: withinField,
      by: eventPath.optional().meta({
        label: { zh: '按同一个', en: 'With the same' },
        help: { zh: '例如同一产品：product_id', en: 'For example the same product: product_id' },
        widget: 'property',
      }),
      count: countSchema.optional().meta({
        label: { zh: '次数', en: 'How often' },
        help: { zh: '不填为至少 1 次', en: 'Empty: at least once' },
        widget: 'count',
      }),
    }),
  needs: (config) => ({ names: namesOf(config), within: config.within }),
  sentence: (config) => said(config, countOf(config)),
  negated: (config) => {
    const count = countOf(config);
    if (config.by === undefined) return said(config, { ...count, op: OPPOSITE[count.op] });
    const what = filterWords(config);
    const span = within(config.within);
    const by = pathWords(config.by);
    const n = amount(count.op, count.value);
    return {
      zh: `${span.zh}没有哪个${by.zh}的${what.zh}${n.zh} 次`,
      en: `no ${by.en} has ${what.en} ${soOften(count.op, count.value)}${span.en}`,
    };
  },
  ...onlyAfter<DidConfig>((config) => !isPlain(config) && !countFits(countOf(config).op, 0, countOf(config).value)),
  lasts: (config) => config.within === undefined && ['gt', 'gte'].includes(countOf(config).op),
  over: (config, world) => {
    const filter = compileFilter(config);
    const { op, value } = countOf(config);
    const from = config.within === undefined ? -Infinity : world.now - checkedMs(config.within);
    const events = world.events.filter((event) => event.at > from && filter.matches(event));
    const groups = config.by === undefined ? [{ list: events }] : groupBy(events, splitPath(config.by));
    const fitting = groups.filter(({ list }) => countFits(op, list.length, value));
    const best = fitting.at(-1) ?? groups.at(-1) ?? { list: [] };
    const told = config.within === undefined ? best.list.slice(0, capOf(op, value)) : best.list;
    return say(
      config,
      fitting.length > 0,
      best.list.length,
      told.slice(-3).map((event) => event.id),
      best.key,
    );
  },
  compile: (config, build) => {
    const filter = compileFilter(config);
    const { op, value } = countOf(config);
    const cap = capOf(op, value);
    const memory = counter(cap, config.within === undefined ? undefined : checkedMs(config.within));
    if (config.by === undefined) {
      const leaf = build.leaf<Counted>('did', config, {
        listens: filter.listens,
        paths: filter.paths,
        counts: filter.fits,
        form: memory.form,
        fold: (old, event) =>
          (old !== undefined && memory.settled(old)) || !filter.fits(event) ? old : memory.fold(old, event),
      });
      const read = (sight: Sight): Counted | undefined => recall(sight, leaf);
      const answers = answersOf(cap, (count) => countFits(op, count, value));
      return {
        holds: (sight) => answers.fits[memory.count(read(sight), sight.at)] === true,
        next: config.within === undefined ? never : (sight) => memory.flips(read(sight), sight.at, answers),
        find: (sight) => {
          const counted = read(sight);
          const count = memory.count(counted, sight.at);
          return say(config, countFits(op, count, value), count, idsOf(counted, count), undefined, cap);
        },
      };
    }
    const by = splitPath(config.by);
    build.findsValue();
    const isSettled = (groups: Groups): boolean => {
      if (op === 'gte') for (let i = 0; i < groups.length; i++) if (memory.settled(groups[i]!.counted)) return true;
      return false;
    };
    const leaf = build.leaf<Groups>('did', config, {
      listens: filter.listens,
      paths: [...filter.paths, config.by],
      counts: (event) => filter.fits(event) && readKeys(event, by).length > 0,
      form: {
        pack: (groups, pen) =>
          Object.fromEntries(groups.map(({ slot, counted }) => [slot, memory.form.pack(counted, pen)])),
        unpack: (packed, book) =>
          Object.entries(packed as Record<string, unknown>).map(([slot, counted]) => ({
            slot,
            counted: memory.form.unpack(counted, book),
          })),
      },
      fold: (old, event) => {
        if ((old !== undefined && isSettled(old)) || !filter.fits(event)) return old;
        const keys = readKeys(event, by);
        if (keys.length === 0) return old;
        let groups: Groups = old ?? NONE;
        for (let i = 0; i < keys.length; i++) {
          const slot = `~${keys[i]}`;
          const counted = memory.fold(countedOf(groups, slot), event);
          if (memory.settled(counted) && op === 'gte') return [{ slot, counted }];
          groups = touched(groups, slot, counted);
        }
        const fresh = groups.filter(({ counted }) => !memory.faded(counted, event.at));
        const gone = withoutRoom(
          fresh.map(({ slot }) => slot),
          MAX_BY_VALUES,
        );
        return gone === 0 ? fresh : fresh.slice(gone);
      },
    });
    const read = (sight: Sight): Groups => recall(sight, leaf) ?? NONE;
    const answers = answersOf(cap, (count) => count > 0 && countFits(op, count, value));
    const fits = (counted: Counted | undefined, at: number): boolean =>
      answers.fits[memory.count(counted, at)] === true;
    return {
      holds: (sight) => {
        const groups = read(sight);
        for (let i = 0; i < groups.length; i++) if (fits(groups[i]!.counted, sight.at)) return true;
        return false;
      },
      next:
        config.within === undefined
          ? never
          : (sight) => {
              const groups = read(sight);
              let soonest = Infinity;
              for (let i = 0; i < groups.length; i++)
                soonest = Math.min(soonest, memory.flips(groups[i]!.counted, sight.at, answers));
              return soonest;
            },
      find: (sight) => {
        const groups = read(sight);
        const fitting = groups.findLast(({ counted }) => fits(counted, sight.at));
        const { slot, counted } = fitting ?? groups.at(-1) ?? NO_GROUP;
        const count = memory.count(counted, sight.at);
        return say(config, fitting !== undefined, count, idsOf(counted, count), slot?.slice(1), cap);
      },
    };
  },
});

/** How often with one value; "~" before it, because it is written as a key, and keys like "7" would be reordered. */
interface Group {
  readonly slot: string;
  readonly counted: Counted;
}

/** In the order of the last touch, so the first is the one to give up. */
type Groups = readonly Group[];

const NONE: Groups = [];
const NO_GROUP: Partial<Group> = {};

function countedOf(groups: Groups, slot: string): Counted | undefined {
  for (let i = 0; i < groups.length; i++) if (groups[i]!.slot === slot) return groups[i]!.counted;
  return undefined;
}

const touched = (groups: Groups, slot: string, counted: Counted): Groups => [
  ...groups.filter((group) => group.slot !== slot),
  { slot, counted },
];

function said(config: DidConfig, { op, value }: Count): Words {
  const what = filterWords(config);
  const span = within(config.within);
  // "Less than once" is how a machine says it.
  if (config.by === undefined && countFits(op, 0, value) && !countFits(op, 1, value)) {
    return config.within === undefined
      ? { zh: `从未有过${what.zh}`, en: `${none(what).en} so far` }
      : { zh: `${span.zh}${none(what).zh}`, en: `${none(what).en}${span.en}` };
  }
  const n = amount(op, value);
  const by = config.by === undefined ? undefined : pathWords(config.by);
  return {
    zh: `${span.zh}${by ? `同一${by.zh}的` : ''}${what.zh}${n.zh} 次`,
    en: `${what.en}${by ? ` with the same ${by.en}` : ''} ${soOften(op, value)}${span.en}`,
  };
}

type Count = NonNullable<DidConfig['count']>;

const isPlain = ({ where, within: window, by, count }: DidConfig): boolean =>
  [where, window, by, count].every((part) => part === undefined);

const countOf = (config: DidConfig): Count => config.count ?? { op: 'gte', value: 1 };

const spanOf = once((config: DidConfig) => within(config.within));

const idsOf = (counted: Counted | undefined, count: number): readonly string[] =>
  counted === undefined ? [] : latestIds(counted, count);

/** Events by value, in the order of the last event of each. */
function groupBy(events: readonly Seen[], path: readonly string[]): { key?: string; list: Seen[] }[] {
  const groups = new Map<string, Seen[]>();
  for (const event of events) {
    for (const key of readKeys(event, path)) {
      const list = groups.get(key) ?? [];
      groups.delete(key);
      groups.set(key, [...list, event]);
    }
  }
  return [...groups].map(([key, list]) => ({ key, list }));
}

const sameWords = (of: Words, key: string): Words => ({
  zh: `（${of.zh.trim()} = ${key}）`,
  en: ` (${of.en} = ${key})`,
});

function say(
  config: DidConfig,
  holds: boolean,
  count: number,
  evidence: readonly string[],
  key?: string,
  cap = Infinity,
): Finding {
  const what = filterWords(config);
  const span = spanOf(config);
  const more = count >= cap;
  const of = key === undefined ? { zh: '', en: '' } : sameWords(pathWords(config.by!), key);
  return {
    holds,
    evidence,
    why: {
      zh: `${span.zh}${what.zh}${of.zh} ${count} 次${more ? '以上' : ''}`,
      en: `${what.en}${of.en} ${often(count)}${more ? ' or more' : ''}${span.en}`,
    },
    ...(holds && key !== undefined ? { value: key } : {}),
  };
}
