/**
 * The memory behind sum and average: exact totals. Without a window one total; in a window the single amounts, at most
 * MAX_AMOUNTS: beyond, the two oldest are joined and leave the window together, when the younger of them does.
 */
import { z } from 'zod';
import { checkedMs } from '../duration.ts';
import type { SumConfig } from './condition.ts';
import { addExact, type Exact, toExact } from './exact.ts';
import { countOp, eventField, eventPath, exceptField, whereField, withinField } from './fields.ts';
import { compileFilter } from './filter.ts';
import type { Form } from './form.ts';
import { type Build, type Leaf, never, type Over, recall, type Sight } from './operator.ts';
import { readPath, splitPath } from './read-path.ts';
import type { Seen } from './seen.ts';

export interface Total {
  readonly sum: Exact;
  readonly count: number;
  /** The latest events that were added; the compiled memory knows the last one only. */
  readonly ids: readonly string[];
}

/** Which amounts are added. */
type Amounts = Omit<SumConfig, 'op' | 'value'>;

/** [time, sum, count] */
type Amount = readonly [number, Exact, number];

/** Ever: the sum and how many; in a window: the amounts. And the last event that was added. */
interface Totalled {
  readonly s?: Exact;
  readonly n?: number;
  readonly a?: readonly Amount[];
  readonly id: string;
}

const MAX_AMOUNTS = 64;
const KEPT_IDS = 3;
const NOTHING: Total = { sum: 0, count: 0, ids: [] };

export const totalConfig = () =>
  z.strictObject({
    event: eventField,
    except: exceptField,
    where: whereField,
    of: eventPath.meta({
      label: { zh: '金额或数量', en: 'Amount' },
      help: {
        zh: '例如订单金额 total；不是数字的不计',
        en: 'For example the total of an order; what is no number is left out',
      },
      widget: 'property',
    }),
    within: withinField,
    op: countOp,
    value: z.number().meta({ label: { zh: '值', en: 'Value' }, widget: 'number' }),
  });

/** Plain: the total of all that is in the list. */
export function totalOver(config: Amounts, world: Over): Total {
  const filter = compileFilter(config);
  const of = splitPath(config.of);
  const from = config.within === undefined ? -Infinity : world.now - checkedMs(config.within);
  return world.events
    .filter((event) => event.at > from && filter.matches(event))
    .reduce((total, event) => plus(total, toExact(readPath(event, of)), event.id), NOTHING);
}

const plus = (total: Total, amount: Exact | undefined, id: string): Total =>
  amount === undefined
    ? total
    : { sum: addExact(total.sum, amount), count: total.count + 1, ids: [...total.ids, id].slice(-KEPT_IDS) };

export interface Totaller {
  readonly read: (sight: Sight) => Total;
  readonly sum: (sight: Sight) => Exact;
  readonly next: (sight: Sight) => number;
}

/** The memory is shared by all sums and averages over the same events, whatever they compare it with. */
export function compileTotal(config: Amounts, build: Build): Totaller {
  const { event, except, where, of, within } = config;
  const filter = compileFilter(config);
  const path = splitPath(of);
  const windowMs = within === undefined ? undefined : checkedMs(within);
  const leaf: Leaf<Totalled> = build.leaf<Totalled>(
    'total',
    { event, except, where, of, within },
    {
      listens: filter.listens,
      paths: [...filter.paths, of],
      fold: (old, seen) => {
        if (!filter.fits(seen)) return old;
        const amount = toExact(readPath(seen, path));
        if (amount === undefined) return old;
        return windowMs === undefined ? foldEver(old, amount, seen) : foldWindow(old, amount, seen, windowMs);
      },
      form: windowMs === undefined ? everForm : windowForm,
    },
  );
  const memory = (sight: Sight): Totalled | undefined => recall(sight, leaf);
  if (windowMs === undefined) {
    return {
      read: (sight) => {
        const found = memory(sight);
        return found === undefined ? NOTHING : { sum: found.s as Exact, count: found.n as number, ids: [found.id] };
      },
      sum: (sight) => memory(sight)?.s ?? 0,
      next: never,
    };
  }
  const inside = (sight: Sight): readonly Amount[] =>
    memory(sight)?.a?.filter(([at]) => at > sight.at - windowMs) ?? [];
  const sumOf = (amounts: readonly Amount[]): Exact =>
    amounts.reduce<Exact>((sum, amount) => addExact(sum, amount[1]), 0);
  return {
    sum: (sight) => sumOf(inside(sight)),
    read: (sight) => {
      const amounts = inside(sight);
      const count = amounts.reduce((n, amount) => n + amount[2], 0);
      return { sum: sumOf(amounts), count, ids: count === 0 ? [] : [(memory(sight) as Totalled).id] };
    },
    next: (sight) => {
      const first = inside(sight)[0];
      return first === undefined ? Infinity : first[0] + windowMs;
    },
  };
}

/** [sum, count, id] */
const everForm: Form<Totalled> = {
  pack: ({ s, n, id }, pen) => [s, n, pen.text(id)],
  unpack: (packed, book) => {
    const [s, n, id] = packed as [Exact, number, number];
    return { s, n, id: book.text(id) };
  },
};

/** [[time, sum, count, …], id] */
const windowForm: Form<Totalled> = {
  pack: ({ a, id }, pen) => [(a ?? []).flatMap(([at, sum, n]) => [pen.time(at), sum, n]), pen.text(id)],
  unpack: (packed, book) => {
    const [flat, id] = packed as [readonly (number | string)[], number];
    const a: Amount[] = [];
    for (let i = 0; i < flat.length; i += 3)
      a.push([book.time(flat[i] as number), flat[i + 1]!, flat[i + 2] as number]);
    return { a, id: book.text(id) };
  },
};

function foldEver(old: Totalled | undefined, amount: Exact, event: Seen): Totalled {
  if (old === undefined) return { s: amount, n: 1, id: event.id };
  return { s: addExact(old.s as Exact, amount), n: (old.n as number) + 1, id: event.id };
}

function foldWindow(old: Totalled | undefined, amount: Exact, event: Seen, windowMs: number): Totalled {
  const before = old?.a ?? [];
  const latest = Math.max(event.at, before.at(-1)?.[0] ?? -Infinity);
  const amounts = [...before, [event.at, amount, 1] as const].filter(([at]) => at > latest - windowMs);
  if (event.at < latest) amounts.sort((a, b) => a[0] - b[0]);
  while (amounts.length > MAX_AMOUNTS) {
    const [first, second] = amounts as [Amount, Amount];
    amounts.splice(0, 2, [second[0], addExact(first[1], second[1]), first[2] + second[2]]);
  }
  return { a: amounts, id: event.id };
}
