import { DateTime } from 'luxon';

/** A moment by the clock on the wall, in the form that the others are brought to; a date alone is its first moment. */
const WALL = /^(\d{4})-(\d{1,2})-(\d{1,2})(?: (\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.(\d{1,3}))?)?)?$/;
const COMPACT = /^(\d{4})(\d\d)(\d\d)(?: ?(\d\d):?(\d\d):?(\d\d))?$/;

/** What happened before is a mistake in a file of customers, orders or interactions; people were born before. */
const FIRST = Date.UTC(1990, 0, 1);
const FIRST_DAY = Date.UTC(1900, 0, 1);

export type When =
  | { readonly ok: true; readonly at: string }
  | { readonly ok: false; readonly why: 'unreadable' | 'future' };

/**
 * A moment as a file writes it: ISO 8601, 2026-11-20 16:29, 2026/11/20, 2026年11月20日 16时29分, a spreadsheet's serial
 * number (45000.5), seconds or milliseconds since 1970. What names no zone is meant in `zone`. Not read: 3/4/2026, of
 * which nobody knows whether it is March.
 *
 * @param latest ISO 8601: what is later by more than a day is a mistake
 */
export function readWhen(text: string, zone: string, latest: string): When {
  return within(parse(text.trim(), zone), FIRST, latest);
}

/**
 * A day of somebody's life (a birthday), from 1900 on, in the same ways of writing. It is a day of the calendar whatever
 * the zone; only what names an instant (2026-01-05T13:04Z, seconds since 1970) is looked at in `zone`.
 *
 * @returns in `at` the day, 1961-02-11
 */
export function readDay(text: string, zone: string, latest: string): When {
  const given = text.trim();
  // In UTC every day has a midnight; in Shanghai that of 1 June 1940 does not exist.
  const clock = NAMES_INSTANT.test(given) ? zone : 'utc';
  const when = within(parse(given, clock), FIRST_DAY, latest);
  return when.ok ? { ok: true, at: DateTime.fromISO(when.at, { zone: clock }).toISODate()! } : when;
}

const NAMES_INSTANT = /^\d{13}$|^\d{10}$|T.*(Z|[+-]\d\d:?\d\d)$/i;

function within(ms: number | undefined, first: number, latest: string): When {
  if (ms === undefined || Number.isNaN(ms) || ms < first) return { ok: false, why: 'unreadable' };
  if (ms > Date.parse(latest) + 86_400_000) return { ok: false, why: 'future' };
  return { ok: true, at: new Date(ms).toISOString() };
}

function parse(text: string, zone: string): number | undefined {
  if (/^\d{13}$/.test(text)) return Number(text);
  if (/^\d{10}$/.test(text)) return Number(text) * 1000;
  if (/^\d{5}(\.\d+)?$/.test(text)) return fromSerial(Number(text), zone);
  if (/T.*(Z|[+-]\d\d:?\d\d)$/i.test(text)) return DateTime.fromISO(text).toMillis();
  const found = WALL.exec(text) ?? COMPACT.exec(text) ?? WALL.exec(plain(text));
  if (found === null) return undefined;
  const [year, month, day, hour = 0, minute = 0, second = 0] = found
    .slice(1, 7)
    .map((part) => (part === undefined ? undefined : Number(part))) as [
    number,
    number,
    number,
    ...(number | undefined)[],
  ];
  const wall = Date.UTC(year, month - 1, day, hour, minute, second, Number((found[7] ?? '0').padEnd(3, '0')));
  const back = new Date(wall);
  // The 31st of February is none, and neither is 25 o'clock.
  if (back.getUTCMonth() !== month - 1 || back.getUTCDate() !== day || hour > 23 || minute > 59 || second > 59)
    return undefined;
  return onTheWall(wall, zone);
}

/** 2026/1/5 and 2026年1月5日13时4分 as 2026-1-5 and 2026-1-5 13:4. */
const plain = (text: string): string =>
  text
    .replace(/[年月]|[/.](?=\d{1,2}[/.\-月]|\d{1,2}(\s|$|T))/g, '-')
    .replace(/日\s*/, ' ')
    .replace(/[时点]/, ':')
    .replace(/分(?=\d)/, ':')
    .replace(/[分秒]$/, '')
    .replace('T', ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/:$/, '');

/** Days since 30 December 1899, by the clock of the place (Excel knows no zones). Up to 2099. */
function fromSerial(serial: number, zone: string): number | undefined {
  if (serial > 73_050) return undefined;
  return onTheWall(Math.round((serial - 25_569) * 86_400) * 1000, zone);
}

/** Clocks are moved at full quarters of an hour, so what lies between two has one offset: asking for it is slow. */
const QUARTER = 900_000;
const MOST = 50_000;
const offsets = new Map<string, number>();

/** The instant at which the clock of a place shows this (as if it were UTC). */
function onTheWall(wall: number, zone: string): number {
  const quarter = Math.floor(wall / QUARTER);
  const key = `${zone} ${quarter}`;
  let offset = offsets.get(key);
  if (offset === undefined) {
    if (offsets.size >= MOST) offsets.clear();
    offset =
      DateTime.fromMillis(quarter * QUARTER, { zone: 'utc' }).setZone(zone, { keepLocalTime: true }).offset * 60_000;
    offsets.set(key, offset);
  }
  return wall - offset;
}
