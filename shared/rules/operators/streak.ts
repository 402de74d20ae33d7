import { z } from 'zod';
import type { Words } from '../../words.ts';
import type { StreakConfig } from '../condition.ts';
import { addExact, compareExact, type Exact, exactToText, toExact } from '../exact.ts';
import { eventField, eventPath, exceptField, whereField } from '../fields.ts';
import { compileFilter, namesOf } from '../filter.ts';
import type { Finding } from '../finding.ts';
import { defineOperator, recall, type Sight } from '../operator.ts';
import { readPath, splitPath } from '../read-path.ts';
import { filterWords, often, pathWords } from '../say.ts';
import type { Seen } from '../seen.ts';
import { dayOf, startOfDay } from '../zoned.ts';

/** A calendar day: how many, and how much (in the unit of `total`). */
interface Day {
  readonly day: number;
  readonly count: number;
  readonly amount: Exact;
}

interface Run {
  /** The last days in a row, at most as many as asked for; all but the last one have enough. */
  readonly days: readonly Day[];
  /** Since this row of days began there were enough of them together. */
  readonly done?: true;
  readonly ids: readonly string[];
}

const KEPT_IDS = 3;
const ONE = toExact(1) as Exact;

/**
 * So many calendar days in a row (in the tenant's zone), each with so many, and with so much on these days together.
 * Once it is so, it stays while the row goes on, and until the end of the day after its last day: a day that is not over
 * yet breaks nothing. Amounts below 0 do not count. Memory: as many days as are asked for.
 */
export const streak = defineOperator<StreakConfig>({
  name: 'streak',
  label: { zh: '连续多天', en: 'Days in a row' },
  help: {
    zh: '例如连续 3 天每天都创建短链，三天合计 10 条以上',
    en: 'For example: made links on 3 days in a row, 10 or more altogether',
  },
  config: () =>
    z.strictObject({
      event: eventField,
      except: exceptField,
      where: whereField,
      days: z
        .int()
        .min(2)
        .max(60)
        .meta({ label: { zh: '连续几天', en: 'Days in a row' }, widget: 'number' }),
      perDay: z
        .int()
        .min(1)
        .max(1000)
        .optional()
        .meta({
          label: { zh: '每天至少几次', en: 'At least, each day' },
          help: { zh: '不填为 1 次', en: 'Empty: once' },
          widget: 'number',
        }),
      total: z
        .number()
        .positive()
        .optional()
        .meta({ label: { zh: '这些天合计至少', en: 'At least, altogether' }, widget: 'number' }),
      of: eventPath.optional().meta({
        label: { zh: '合计哪个属性', en: 'Altogether of' },
        help: { zh: '不填则合计次数', en: 'Empty: how often' },
        widget: 'property',
      }),
    }),
  needs: (config) => ({ names: namesOf(config) }),
  sentence: said,
  negated: (config) => {
    const { zh, en } = said(config);
    return { zh: `并非${zh}`, en: `not ${en}` };
  },
  over: (config, world) => {
    const events = world.events.filter(compileFilter(config).matches);
    const byDay = Map.groupBy(events, (event) => dayOf(event.at, world.zone));
    const days = [...byDay].map(([day, list]) => ({
      day,
      count: list.length,
      amount: list.reduce<Exact>((sum, event) => addExact(sum, amountOf(config, event)), 0),
    }));
    const rows: Day[][] = [];
    for (const day of days.filter(({ count }) => count >= perDayOf(config))) {
      if (rows.at(-1)?.at(-1)?.day === day.day - 1) rows.at(-1)?.push(day);
      else rows.push([day]);
    }
    const row = rows.at(-1) ?? [];
    const enough = row.some((_, i) => i + 1 >= config.days && isEnough(config, row.slice(i + 1 - config.days, i + 1)));
    const last = row.at(-1)?.day ?? -Infinity;
    const holds = enough && dayOf(world.now, world.zone) <= last + 1;
    return find(
      config,
      holds,
      row.slice(-config.days),
      events.slice(-KEPT_IDS).map(({ id }) => id),
    );
  },
  compile: (config, build) => {
    const { zone } = build;
    const filter = compileFilter(config);
    const leaf = build.leaf<Run>(
      'streak',
      { ...config, zone },
      {
        listens: filter.listens,
        paths: config.of === undefined ? filter.paths : [...filter.paths, config.of],
        fold: (old, event) => (filter.fits(event) ? fold(config, old, event, dayOf(event.at, zone)) : old),
        form: {
          pack: ({ days, done, ids }, pen) => [
            done ? 1 : 0,
            days.flatMap(({ day, count, amount }) => [day, count, amount]),
            ...ids.map(pen.text),
          ],
          unpack: (packed, book) => {
            const [done, flat, ...ids] = packed as [number, (number | string)[], ...number[]];
            const days = Array.from({ length: flat.length / 3 }, (_, i) => ({
              day: flat[3 * i] as number,
              count: flat[3 * i + 1] as number,
              amount: flat[3 * i + 2] as Exact,
            }));
            return { days, ...(done ? { done: true as const } : {}), ids: ids.map(book.text) };
          },
        },
      },
    );
    const read = (sight: Sight): Run | undefined => recall(sight, leaf);
    const lastDay = ({ days }: Run): number => {
      const { day, count } = days.at(-1) as Day;
      return count >= perDayOf(config) ? day : day - 1;
    };
    const holds = (run: Run | undefined, at: number): boolean =>
      run?.done === true && dayOf(at, zone) <= lastDay(run) + 1;
    return {
      holds: (sight) => holds(read(sight), sight.at),
      next: (sight) => {
        const run = read(sight);
        return run !== undefined && holds(run, sight.at) ? startOfDay(lastDay(run) + 2, zone) : Infinity;
      },
      find: (sight) => {
        const run = read(sight);
        return find(
          config,
          holds(run, sight.at),
          (run?.days ?? []).filter(({ count }) => count >= perDayOf(config)),
          run?.ids ?? [],
        );
      },
    };
  },
});

const perDayOf = (config: StreakConfig): number => config.perDay ?? 1;

function amountOf({ of }: StreakConfig, event: Seen): Exact {
  if (of === undefined) return ONE;
  const amount = toExact(readPath(event, splitPath(of))) ?? 0;
  return compareExact(amount, 0) > 0 ? amount : 0;
}

const together = (days: readonly Day[]): Exact => days.reduce<Exact>((sum, { amount }) => addExact(sum, amount), 0);

const isEnough = ({ total }: StreakConfig, days: readonly Day[]): boolean =>
  total === undefined || compareExact(together(days), toExact(total) as Exact) >= 0;

function fold(config: StreakConfig, old: Run | undefined, event: Seen, day: number): Run {
  const amount = amountOf(config, event);
  const before = old?.days ?? [];
  const last = before.at(-1);
  const ids = [...(old?.ids ?? []), event.id].slice(-KEPT_IDS);
  const known = before.find((each) => each.day === day);
  if (last !== undefined && known === undefined && day < last.day) return old as Run;
  const goesOn = known !== undefined || (last !== undefined && last.day === day - 1 && last.count >= perDayOf(config));
  const days =
    known === undefined
      ? [...(goesOn ? before : []), { day, count: 1, amount }].slice(-config.days)
      : before.map((each) =>
          each === known ? { day, count: each.count + 1, amount: addExact(each.amount, amount) } : each,
        );
  const complete = days.length === config.days && days.every(({ count }) => count >= perDayOf(config));
  const done = (goesOn && old?.done === true) || (complete && isEnough(config, days));
  return { days, ...(done ? { done } : {}), ids };
}

function said(config: StreakConfig): Words {
  const what = filterWords(config);
  const { days, total } = config;
  const perDay = perDayOf(config);
  const of = config.of === undefined ? undefined : pathWords(config.of);
  const sum = {
    zh:
      total === undefined
        ? ''
        : of === undefined
          ? `，合计至少 ${total} 次`
          : `，${of.zh.trimStart()}合计至少 ${total}`,
    en:
      total === undefined
        ? ''
        : of === undefined
          ? `, ${total} or more altogether`
          : `, ${of.en} ${total} or more altogether`,
  };
  return {
    zh: `连续 ${days} 天${what.zh}${perDay > 1 ? `，每天至少 ${perDay} 次` : ''}${sum.zh}`,
    en: `${what.en} on ${days} days in a row${perDay > 1 ? `, at least ${often(perDay)} each` : ''}${sum.en}`,
  };
}

function find(config: StreakConfig, holds: boolean, days: readonly Day[], evidence: readonly string[]): Finding {
  const what = filterWords(config);
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined) {
    return {
      holds,
      evidence: [],
      why: { zh: `还没有哪一天的${what.zh}够数`, en: `no day with enough ${what.en} so far` },
    };
  }
  const sum = exactToText(together(days));
  const [from, to] = [dateText(first.day), dateText(last.day)];
  return {
    holds,
    evidence,
    why: {
      zh: `${what.zh}连续 ${days.length} 天（${from} 至 ${to}），合计 ${sum}`,
      en: `${what.en} on ${days.length} ${days.length === 1 ? 'day' : 'days'} in a row (${from} to ${to}), ${sum} altogether`,
    },
  };
}

const dateText = (day: number): string => new Date(day * 86_400_000).toISOString().slice(0, 10);
