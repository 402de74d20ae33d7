/** Calendar days and clock times in the tenant's zone. */
import { DateTime, IANAZone } from 'luxon';

const DAY = 86_400_000;

/** The calendar day of an instant, counted from 1 January 1970. */
export const dayOf = (ms: number, zone: string): number =>
  Math.floor((ms + IANAZone.create(zone).offset(ms) * 60_000) / DAY);

/** The instant at which a calendar day begins; where midnight is skipped by a change of clocks, the first one after. */
export const startOfDay = (day: number, zone: string): number =>
  DateTime.fromMillis(day * DAY, { zone: 'utc' })
    .setZone(zone, { keepLocalTime: true })
    .startOf('day')
    .toMillis();

/** 2026-03-01 16:26 (Asia/Shanghai). */
export const instantText = (ms: number, zone: string): string =>
  `${DateTime.fromMillis(ms, { zone }).toFormat('yyyy-MM-dd HH:mm')} (${zone})`;
