/**
 * Durations as rules and journeys use them: ISO 8601 of weeks, days, hours, minutes and seconds. A day is 24 hours; a
 * wait that should end at an hour of the day says so by its time of day, which is the part that knows zones.
 */
import type { Words } from './words.ts';

const UNITS = [
  { zh: '周', en: 'week', seconds: 604_800 },
  { zh: '天', en: 'day', seconds: 86_400 },
  { zh: '小时', en: 'hour', seconds: 3_600 },
  { zh: '分钟', en: 'minute', seconds: 60 },
  { zh: '秒', en: 'second', seconds: 1 },
] as const;
export const DURATION = /^P(?=.)(?:(\d+)W)?(?:(\d+)D)?(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;

/** Length in seconds, or undefined when it is no such duration: months and years have no fixed length. */
export function durationSeconds(duration: string): number | undefined {
  const match = DURATION.exec(duration);
  if (!match) return undefined;
  return UNITS.reduce((sum, unit, i) => sum + Number(match[i + 1] ?? 0) * unit.seconds, 0);
}

/** Length in milliseconds of a duration that a schema has let through. */
export function checkedMs(duration: string): number {
  const seconds = durationSeconds(duration);
  if (seconds === undefined) throw new Error(`Not a duration: ${duration}`);
  return seconds * 1000;
}

const said = new Map<string, Words>();

/** As people say it: "7 天", "1 day 12 hours". Says nothing for what is not a duration. */
export function durationWords(duration: string): Words {
  const known = said.get(duration);
  if (known !== undefined) return known;
  const words = sayDuration(duration);
  if (said.size >= 1000) said.clear();
  said.set(duration, words);
  return words;
}

function sayDuration(duration: string): Words {
  const match = DURATION.exec(duration);
  const parts = UNITS.map((unit, i) => ({ unit, n: Number(match?.[i + 1] ?? 0) })).filter(({ n }) => n > 0);
  return {
    zh: parts.map(({ unit, n }) => `${n} ${unit.zh}`).join(' '),
    en: parts.map(({ unit, n }) => `${n} ${unit.en}${n === 1 ? '' : 's'}`).join(' '),
  };
}
