/** Calendar days and clock times in the tenant's zone. */
import { DateTime, IANAZone } from 'luxon';
import { isoOf } from '../instants.ts';

const DAY = 86_400_000;

const QUARTER = 15 * 60_000;

/** By zone and UTC day; undefined for a day on which the clocks are changed. Asking Intl takes longer than a rule. */
const offsets = new Map<string, Map<number, number | undefined>>();

/** The zone's clock is so far ahead of UTC, ms. */
function offsetOf(ms: number, zone: string): number {
  const day = Math.floor(ms / DAY);
  let ofZone = offsets.get(zone);
  if (ofZone === undefined) {
    ofZone = new Map();
    offsets.set(zone, ofZone);
  }
  if (!ofZone.has(day)) {
    if (ofZone.size >= 2000) ofZone.clear();
    const atFirst = asked(day * DAY, zone);
    ofZone.set(day, atFirst === asked((day + 1) * DAY, zone) ? atFirst : undefined);
  }
  // Since 1970 clocks have only been changed at quarters of an hour.
  return ofZone.get(day) ?? asked(Math.floor(ms / QUARTER) * QUARTER, zone);
}

const asked = (ms: number, zone: string): number => IANAZone.create(zone).offset(ms) * 60_000;

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
  const text = isoOf(ms + offsetOf(ms, zone));
  return `${text.slice(0, 10)} ${text.slice(11, 16)} (${zone})`;
}
