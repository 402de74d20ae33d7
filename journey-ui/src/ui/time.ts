import { useZone } from '../api/customers.ts';
import { useWords } from '../i18n/index.ts';
import { useStackNow } from '../shell/use-clock.ts';

type T = (key: string, values?: Record<string, unknown>) => string;

/** "3 d 5 h": the largest units of a span of milliseconds, as people say it. */
function sayspan(ms: number, t: T, units = 2): string {
  const seconds = Math.round(Math.abs(ms) / 1000);
  if (seconds < 1) return t('time.less');
  const parts: [string, number][] = [
    ['days', Math.floor(seconds / 86_400)],
    ['hours', Math.floor((seconds % 86_400) / 3600)],
    ['minutes', Math.floor((seconds % 3600) / 60)],
    ['seconds', seconds % 60],
  ];
  const first = parts.findIndex(([, n]) => n > 0);
  return parts
    .slice(first, first + units)
    .filter(([, n]) => n > 0)
    .map(([unit, n]) => t(`time.${unit}`, { n }))
    .join(' ');
}

/** 400 days: what lies further ahead is named, not counted. */
const FAR_AHEAD = 400 * 86_400_000;

const UNITS: Record<string, number> = { W: 604_800_000, D: 86_400_000, H: 3_600_000, M: 60_000, S: 1000 };

/** Milliseconds of an ISO 8601 duration of weeks, days, hours, minutes, seconds; undefined when it is none. */
export function durationMs(iso: string): number | undefined {
  const match = /^P(?=.)(?:(\d+)W)?(?:(\d+)D)?(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(iso);
  if (!match) return undefined;
  return ['W', 'D', 'H', 'M', 'S'].reduce((sum, unit, i) => sum + Number(match[i + 1] ?? 0) * (UNITS[unit] ?? 0), 0);
}

/** Times as people of the chosen language write them, in the customers' zone: the same everywhere in the console. */
export function useTime(): {
  /** "11月18日 09:12", with the year when it is not this one. */
  at: (iso: string | undefined) => string;
  /** With seconds, for histories. */
  exact: (iso: string | undefined) => string;
  /** "3 d 5 h ago". */
  ago: (iso: string | undefined) => string;
  span: (ms: number) => string;
  zone: string;
} {
  const { t, language } = useWords();
  const now = useStackNow();
  const zone = useZone();
  const locale = language === 'zh' ? 'zh-CN' : 'en-GB';
  const format = (iso: string | undefined, options: Intl.DateTimeFormatOptions): string => {
    if (iso === undefined || Number.isNaN(Date.parse(iso))) return '';
    const year: Intl.DateTimeFormatOptions =
      new Date(iso).getUTCFullYear() === new Date(now).getUTCFullYear() ? {} : { year: 'numeric' };
    const zoned = zone === undefined ? {} : { timeZone: zone };
    return new Intl.DateTimeFormat(locale, { ...year, ...options, ...zoned, hourCycle: 'h23' }).format(new Date(iso));
  };
  const short: Intl.DateTimeFormatOptions = { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' };
  return {
    at: (iso) => format(iso, short),
    exact: (iso) => format(iso, { ...short, second: '2-digit' }),
    ago: (iso) => {
      if (iso === undefined) return '';
      const ms = now - Date.parse(iso);
      // Before the clock was set to the past: how far off that is tells nobody anything.
      if (-ms > FAR_AHEAD) return format(iso, short);
      if (Math.abs(ms) < 60_000) return t('time.now');
      return t(ms > 0 ? 'time.ago' : 'time.ahead', { span: sayspan(ms, t, ms > 0 ? 1 : 2) });
    },
    span: (ms) => sayspan(ms, t),
    zone: zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
  };
}
