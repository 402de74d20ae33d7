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

let lastMs = 0;
let lastText = '1970-01-01T00:00:00.000Z';

/** An instant as the context object shows it: `2026-11-22T03:00:00.123Z`. The last one is kept: many share theirs. */
export function formatTimestamp(ms: number): string {
  if (ms !== lastMs) {
    lastText = new Date(ms).toISOString();
    lastMs = ms;
  }
  return lastText;
}
