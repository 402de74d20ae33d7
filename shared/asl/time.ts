/** Instants as Step Functions writes and reads them. */

const ISO = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?(Z|[+-]\d{2}:\d{2})$/;

/**
 * Milliseconds of an ISO-8601 "extended offset date-time": date, `T`, time with seconds, fraction if any, `Z` or an
 * offset. Undefined for anything else and for dates that do not exist.
 */
export function parseTimestamp(text: string): number | undefined {
  const parts = ISO.exec(text);
  if (!parts) return undefined;
  const [, year, month, day, hour, minute, second, fraction = '', offset = 'Z'] = parts;
  const m = Number(month);
  const d = Number(day);
  const h = Number(hour);
  if (m < 1 || m > 12 || d < 1 || h > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  if (d > new Date(Date.UTC(Number(year), m, 0)).getUTCDate()) return undefined;
  const base = Date.UTC(
    Number(year),
    m - 1,
    d,
    h,
    Number(minute),
    Number(second),
    Number(fraction.padEnd(3, '0').slice(0, 3)),
  );
  if (offset === 'Z') return base;
  const sign = offset.startsWith('-') ? 1 : -1;
  return base + sign * (Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4))) * 60_000;
}

const MINUTE = 60_000;
let lastMs = 0;
let lastText = '1970-01-01T00:00:00.000Z';
let lastMinute = 0;
let minuteText = '1970-01-01T00:00:';

/**
 * An instant as the context object shows it: `2026-11-22T03:00:00.123Z`. The last one is kept, since many share theirs,
 * and of it the text up to the minute: Date takes longer than all else about a small step.
 */
export function formatTimestamp(ms: number): string {
  if (ms === lastMs) return lastText;
  const past = ms % MINUTE;
  const minute = ms - past;
  if (minute !== lastMinute || !(past >= 0)) {
    const text = new Date(ms).toISOString();
    if (!(past >= 0)) return text;
    minuteText = text.slice(0, -7);
    lastMinute = minute;
  }
  lastText = `${minuteText}${String(100_000 + Math.trunc(past)).slice(1, 3)}.${String(1_000 + Math.trunc(past % 1_000)).slice(1)}Z`;
  lastMs = ms;
  return lastText;
}
