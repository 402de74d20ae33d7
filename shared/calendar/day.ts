/** A day of the calendar on the wall; months count from 1. */
export interface Day {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

const DAY = 86_400_000;

/** So many days later; earlier where negative. */
export function addDays({ year, month, day }: Day, days: number): Day {
  const there = new Date(Date.UTC(year, month - 1, day) + days * DAY);
  return { year: there.getUTCFullYear(), month: there.getUTCMonth() + 1, day: there.getUTCDate() };
}

/** 2026-09-25. */
export const dayText = ({ year, month, day }: Day): string =>
  `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
