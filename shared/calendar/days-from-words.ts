import type { Words } from '../words.ts';

/** Before, on or after a day: 前 3 天; 3 days before. Chinese puts it behind the day, English before it. */
export function daysFromWords(days: number): Words {
  const n = Math.abs(days);
  const en = `${n} ${n === 1 ? 'day' : 'days'}`;
  if (days === 0) return { zh: '当天', en: 'on' };
  return days < 0 ? { zh: `前 ${n} 天`, en: `${en} before` } : { zh: `后 ${n} 天`, en: `${en} after` };
}
