/**
 * Durations as journeys use them: ISO 8601 of weeks, days, hours, minutes and seconds. A day is 24 hours; a wait that
 * should end at an hour of the day says so by its time of day, which is the part that knows zones.
 */
import type { Language } from '../words.ts';

const UNITS = { W: 604_800, D: 86_400, H: 3_600, M: 60, S: 1 } as const;
const SHAPE = /^P(?=.)(?:(\d+)W)?(?:(\d+)D)?(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;

/** Length in seconds, or undefined when it is no such duration. */
export function durationSeconds(duration: string): number | undefined {
  const match = SHAPE.exec(duration);
  if (!match) return undefined;
  return Object.values(UNITS).reduce((sum, unit, i) => sum + Number(match[i + 1] ?? 0) * unit, 0);
}

const NAMES: Record<keyof typeof UNITS, Record<Language, string>> = {
  W: { zh: '周', en: 'week' },
  D: { zh: '天', en: 'day' },
  H: { zh: '小时', en: 'hour' },
  M: { zh: '分钟', en: 'minute' },
  S: { zh: '秒', en: 'second' },
};

/** As people say it: "7 天", "1 day 12 hours". Says nothing for what is not a duration. */
export function durationWords(duration: string, language: Language): string {
  const match = SHAPE.exec(duration);
  if (!match) return '';
  return (Object.keys(UNITS) as (keyof typeof UNITS)[])
    .map((unit, i) => [unit, Number(match[i + 1] ?? 0)] as const)
    .filter(([, n]) => n > 0)
    .map(([unit, n]) => `${n} ${NAMES[unit][language]}${language === 'en' && n !== 1 ? 's' : ''}`)
    .join(' ');
}
