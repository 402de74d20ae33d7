import type { Words } from '../words.ts';

const UNITS = [
  { zh: '周', en: 'week', ms: 604_800_000 },
  { zh: '天', en: 'day', ms: 86_400_000 },
  { zh: '小时', en: 'hour', ms: 3_600_000 },
  { zh: '分钟', en: 'minute', ms: 60_000 },
  { zh: '秒', en: 'second', ms: 1000 },
] as const;
const SHAPE = /^P(?=.)(?:(\d+)W)?(?:(\d+)D)?(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;

/** Length in milliseconds of an ISO 8601 duration of weeks to seconds; undefined for anything else, months included. */
export function durationMs(duration: string): number | undefined {
  const match = SHAPE.exec(duration);
  if (!match) return undefined;
  return UNITS.reduce((sum, unit, i) => sum + Number(match[i + 1] ?? 0) * unit.ms, 0);
}

/** As above, for a duration that a schema has let through. */
export function checkedMs(duration: string): number {
  const ms = durationMs(duration);
  if (ms === undefined) throw new Error(`Not a duration: ${duration}`);
  return ms;
}

/** "7 天", "1 day 12 hours". */
export function durationWords(duration: string): Words {
  const match = SHAPE.exec(duration);
  const parts = UNITS.map((unit, i) => ({ unit, n: Number(match?.[i + 1] ?? 0) })).filter(({ n }) => n > 0);
  return {
    zh: parts.map(({ unit, n }) => `${n} ${unit.zh}`).join(' '),
    en: parts.map(({ unit, n }) => `${n} ${unit.en}${n === 1 ? '' : 's'}`).join(' '),
  };
}
