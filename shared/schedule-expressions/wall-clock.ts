import { DateTime } from 'luxon';

/** What a clock on the wall shows. Months count from 1. */
export interface WallTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second?: number;
}

/**
 * The moment at which a clock in `zone` shows this: the first, where it is shown twice in autumn; undefined where it is
 * left out in spring.
 */
export function momentOf(time: WallTime, zone: string): number | undefined {
  const { year, month, day, hour, minute, second = 0 } = time;
  if (zone === 'UTC') return Date.UTC(year, month - 1, day, hour, minute, second);
  const there = DateTime.fromObject({ ...time, second }, { zone });
  if (there.hour !== hour || there.minute !== minute) return undefined;
  return Math.min(...there.getPossibleOffsets().map((one) => one.toMillis()));
}

export function wallTime(moment: number, zone: string): WallTime {
  const { year, month, day, hour, minute } = DateTime.fromMillis(moment, { zone });
  return { year, month, day, hour, minute };
}

export const isZone = (zone: string) =>
  DateTime.local({ zone }).isValid && !/^[+-]\d|^utc[+-]|^(local|system)$/i.test(zone);
