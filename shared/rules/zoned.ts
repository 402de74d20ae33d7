/** Calendar days and clock times in the tenant's zone. */
import { DateTime, IANAZone } from 'luxon';

const DAY = 86_400_000;

const QUARTER = 15 * 60_000;

/** By zone, what was asked last: asking Intl takes longer than all the rest of a rule. */
const lastOffsets = new Map<string, { readonly quarter: number; readonly ms: number }>();

/** The zone's clock is so far ahead of UTC. Since 1970 clocks have only been changed at quarters of an hour. */
function offsetOf(ms: number, zone: string): number {
  const quarter = Math.floor(ms / QUARTER);
  const last = lastOffsets.get(zone);
  if (last?.quarter === quarter) return last.ms;
  const found = { quarter, ms: IANAZone.create(zone).offset(ms) * 60_000 };
  lastOffsets.set(zone, found);
  return found.ms;
}

/** The calendar day of an instant, counted from 1 January 1970. */
export const dayOf = (ms: number, zone: string): number => Math.floor((ms + offsetOf(ms, zone)) / DAY);

/** The instant at which a calendar day begins; where midnight is skipped by a change of clocks, the first one after. */
export const startOfDay = (day: number, zone: string): number =>
  DateTime.fromMillis(day * DAY, { zone: 'utc' })
    .setZone(zone, { keepLocalTime: true })
    .startOf('day')
    .toMillis();

/** 2026-03-01 16:26 (Asia/Shanghai). */
export function instantText(ms: number, zone: string): string {
  const text = new Date(ms + offsetOf(ms, zone)).toISOString();
  return `${text.slice(0, 10)} ${text.slice(11, 16)} (${zone})`;
}
