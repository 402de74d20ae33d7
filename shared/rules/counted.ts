/**
 * The memory behind counting operators: how often, and when lately. What could no longer change an answer is not
 * kept: a count stops at the number that decides, and of a sliding window only the last that many times stay.
 */
import { signFits } from './compare.ts';
import type { CountOp } from './condition.ts';
import type { Book, Form, Pen } from './form.ts';
import type { Seen } from './seen.ts';

/**
 * `n` counts up to the cap; in a window `t` holds the last times instead, ascending. `a`, `b` and `c` are the ids of the
 * latest three that counted, the last one first: every customer has many of these, and a list would be two objects more.
 */
export interface Counted {
  readonly n?: number;
  readonly t?: readonly number[];
  readonly a: string;
  readonly b: string | undefined;
  readonly c: string | undefined;
}

/** The ids of the latest that counted, at most so many, in the order of their coming. */
export function latestIds({ a, b, c }: Counted, most: number): readonly string[] {
  if (most <= 1 || b === undefined) return most < 1 ? [] : [a];
  return most === 2 || c === undefined ? [b, a] : [c, b, a];
}

export interface Counter {
  readonly fold: (memory: Counted | undefined, event: Seen) => Counted;
  /** How many at this instant; never more than the cap. */
  readonly count: (memory: Counted | undefined, at: number) => number;
  /** When, by leaving the window, so many are left that the answer is another; Infinity for never. */
  readonly flips: (memory: Counted | undefined, at: number, answers: Answers) => number;
  /** At this instant it is as if nothing had ever been counted, and will stay so. */
  readonly faded: (memory: Counted, at: number) => boolean;
  /** Nothing that may still come can change the answer. */
  readonly settled: (memory: Counted) => boolean;
  readonly form: Form<Counted>;
}

/** The number at which `count op value` is decided, so that counting on would tell nothing new. */
export const capOf = (op: CountOp, value: number): number =>
  Math.max(1, op === 'gte' || op === 'lt' ? Math.ceil(value) : Math.floor(value) + 1);

export const countFits = (op: CountOp, count: number, value: number): boolean => signFits(op, count - value);

/** The answer to each count that there can be, and whether fewer may answer otherwise; both found out beforehand. */
export interface Answers {
  readonly fits: readonly boolean[];
  readonly turns: readonly boolean[];
}

export function answersOf(cap: number, fits: (count: number) => boolean): Answers {
  const answers = Array.from({ length: cap + 1 }, (_, count) => fits(count));
  return { fits: answers, turns: answers.map((answer, count) => answers.slice(0, count).includes(!answer)) };
}

export function counter(cap: number, windowMs: number | undefined): Counter {
  return windowMs === undefined ? lifetime(cap) : sliding(cap, windowMs);
}

function lifetime(cap: number): Counter {
  const settled = (memory: Counted): boolean => (memory.n as number) >= cap;
  return {
    settled,
    faded: () => false,
    fold: (memory, event) => {
      if (memory === undefined) return { n: 1, a: event.id, b: undefined, c: undefined };
      return settled(memory) ? memory : { n: (memory.n as number) + 1, a: event.id, b: memory.a, c: memory.b };
    },
    count: (memory) => memory?.n ?? 0,
    flips: () => Infinity,
    form: {
      pack: (counted, pen) => [counted.n, ...packIds(counted, pen)],
      unpack: (packed, book) => {
        const [n, ...refs] = packed as number[];
        return { n: n as number, ...unpackIds(refs, book) };
      },
    },
  };
}

function sliding(cap: number, windowMs: number): Counter {
  const count = (memory: Counted | undefined, at: number): number => {
    if (memory === undefined) return 0;
    const times = memory.t as readonly number[];
    const from = at - windowMs;
    let i = times.length;
    while (i > 0 && (times[i - 1] as number) > from) i--;
    return times.length - i;
  };
  return {
    settled: () => false,
    faded: (memory, at) => (memory.t?.at(-1) ?? -Infinity) <= at - windowMs,
    fold: (memory, event) => {
      if (memory === undefined) return { t: [event.at], a: event.id, b: undefined, c: undefined };
      const t = withTime(memory.t as readonly number[], event.at, cap, windowMs);
      const b = t.length > 1 ? memory.a : undefined;
      return { t, a: event.id, b, c: t.length > 2 ? memory.b : undefined };
    },
    count,
    flips: (memory, at, { fits, turns }) => {
      if (memory === undefined) return Infinity;
      const times = memory.t as readonly number[];
      let left = count(memory, at);
      if (!turns[left]) return Infinity;
      const now = fits[left];
      for (let i = times.length - left; i < times.length; i++) {
        left--;
        if (i + 1 < times.length && times[i] === times[i + 1]) continue;
        if (fits[left] !== now) return (times[i] as number) + windowMs;
      }
      return Infinity;
    },
    form: {
      pack: (counted, pen) => [counted.t?.length, ...(counted.t ?? []).map(pen.time), ...packIds(counted, pen)],
      unpack: (packed, book) => {
        const [length, ...refs] = packed as number[];
        return { t: refs.slice(0, length).map(book.time), ...unpackIds(refs.slice(length), book) };
      },
    },
  };
}

/** The last `cap` of the times that are within one window of the latest, ascending. */
function withTime(times: readonly number[], at: number, cap: number, windowMs: number): readonly number[] {
  const { length } = times;
  const last = times[length - 1] as number;
  if (at < last)
    return [...times, at]
      .filter((time) => time > last - windowMs)
      .sort((a, b) => a - b)
      .slice(-cap);
  let from = Math.max(0, length + 1 - cap);
  while (from < length && (times[from] as number) <= at - windowMs) from++;
  // An array made as long as it is; one that is pushed to makes room for more, for every customer.
  const kept = new Array<number>(length + 1 - from);
  for (let i = from; i < length; i++) kept[i - from] = times[i] as number;
  kept[length - from] = at;
  return kept;
}

const packIds = (counted: Counted, pen: Pen): number[] => latestIds(counted, 3).map(pen.text);

function unpackIds(refs: readonly number[], book: Book): Pick<Counted, 'a' | 'b' | 'c'> {
  const [a, b, c] = refs.map(book.text).reverse();
  return { a: a as string, b, c };
}
