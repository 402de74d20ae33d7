/**
 * The memory behind counting operators: how often, and when lately. What could no longer change an answer is not
 * kept: a count stops at the number that decides, and of a sliding window only the last that many times stay.
 */
import { signFits } from './compare.ts';
import type { CountOp } from './condition.ts';
import type { Seen } from './seen.ts';

/** `n` counts up to the cap; in a window `t` holds the last times instead, ascending. `ids`: the latest that counted. */
export interface Counted {
  readonly n?: number;
  readonly t?: readonly number[];
  readonly ids: readonly string[];
}

const KEPT_IDS = 3;

export interface Counter {
  readonly fold: (memory: Counted | undefined, event: Seen) => Counted;
  /** How many at this instant; never more than the cap. */
  readonly count: (memory: Counted | undefined, at: number) => number;
  /** When the next one leaves the window. */
  readonly next: (memory: Counted | undefined, at: number) => number;
  /** At this instant it is as if nothing had ever been counted, and will stay so. */
  readonly faded: (memory: Counted, at: number) => boolean;
  /** Nothing that may still come can change the answer. */
  readonly settled: (memory: Counted) => boolean;
}

/** The number at which `count op value` is decided, so that counting on would tell nothing new. */
export const capOf = (op: CountOp, value: number): number =>
  Math.max(1, op === 'gte' || op === 'lt' ? Math.ceil(value) : Math.floor(value) + 1);

export const countFits = (op: CountOp, count: number, value: number): boolean => signFits(op, Math.sign(count - value));

export function counter(cap: number, windowMs: number | undefined): Counter {
  return windowMs === undefined ? lifetime(cap) : sliding(cap, windowMs);
}

function lifetime(cap: number): Counter {
  const settled = (memory: Counted): boolean => (memory.n as number) >= cap;
  return {
    settled,
    faded: () => false,
    fold: (memory, event) => {
      if (memory === undefined) return { n: 1, ids: [event.id] };
      return settled(memory) ? memory : { n: (memory.n as number) + 1, ids: withId(memory.ids, event.id) };
    },
    count: (memory) => memory?.n ?? 0,
    next: () => Infinity,
  };
}

function sliding(cap: number, windowMs: number): Counter {
  return {
    settled: () => false,
    faded: (memory, at) => (memory.t?.at(-1) ?? -Infinity) <= at - windowMs,
    fold: (memory, event) => {
      if (memory === undefined) return { t: [event.at], ids: [event.id] };
      const times = memory.t as readonly number[];
      const latest = Math.max(event.at, times.at(-1) as number);
      const fresh = [...times, event.at].filter((time) => time > latest - windowMs);
      if (event.at < latest) fresh.sort((a, b) => a - b);
      const kept = fresh.slice(-cap);
      return { t: kept, ids: withId(memory.ids, event.id).slice(-kept.length) };
    },
    count: (memory, at) => {
      const times = memory?.t ?? [];
      let count = 0;
      for (let i = times.length - 1; i >= 0 && (times[i] as number) > at - windowMs; i--) count++;
      return count;
    },
    next: (memory, at) => {
      const leaving = memory?.t?.find((time) => time + windowMs > at);
      return leaving === undefined ? Infinity : leaving + windowMs;
    },
  };
}

const withId = (ids: readonly string[], id: string): readonly string[] => [...ids.slice(1 - KEPT_IDS), id];
