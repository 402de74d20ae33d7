import { DateTime } from 'luxon';

/** The forms in which people and programs write a moment; a date alone is its first moment. */
const FORMS = [
  'yyyy-M-d H:m:s',
  'yyyy-M-d H:m:s.SSS',
  'yyyy-M-d H:m',
  'yyyy-M-d',
  'yyyyMMdd HH:mm:ss',
  'yyyyMMddHHmmss',
  'yyyyMMdd',
];

const FIRST_YEAR = 1990;

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
  const found = parse(text.trim(), zone);
  if (found === undefined || !found.isValid || found.year < FIRST_YEAR) return { ok: false, why: 'unreadable' };
  if (found.toMillis() > Date.parse(latest) + 86_400_000) return { ok: false, why: 'future' };
  return { ok: true, at: found.toUTC().toISO() as string };
}

function parse(text: string, zone: string): DateTime | undefined {
  if (/^\d{13}$/.test(text)) return DateTime.fromMillis(Number(text), { zone });
  if (/^\d{10}$/.test(text)) return DateTime.fromMillis(Number(text) * 1000, { zone });
  if (/^\d{5}(\.\d+)?$/.test(text)) return fromSerial(Number(text), zone);
  if (/T.*(Z|[+-]\d\d:?\d\d)$/i.test(text)) return DateTime.fromISO(text);
  const plain = text
    .replace(/[年月]|[/.](?=\d{1,2}[/.\-月]|\d{1,2}(\s|$|T))/g, '-')
    .replace(/日\s*/, ' ')
    .replace(/[时点]/, ':')
    .replace(/分(?=\d)/, ':')
    .replace(/[分秒]$/, '')
    .replace('T', ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/:$/, '');
  for (const form of FORMS) {
    const read = DateTime.fromFormat(plain, form, { zone });
    if (read.isValid) return read;
  }
  return undefined;
}

/** Days since 30 December 1899, by the clock of the place (Excel knows no zones). Between 1990 and 2099. */
function fromSerial(serial: number, zone: string): DateTime | undefined {
  if (serial < 32_874 || serial > 73_050) return undefined;
  const wall = DateTime.fromMillis(Math.round((serial - 25_569) * 86_400) * 1000, { zone: 'utc' });
  return wall.setZone(zone, { keepLocalTime: true });
}
