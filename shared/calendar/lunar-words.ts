import type { Words } from '../words.ts';
import type { LunarDate } from './lunar.ts';

const MONTHS = ['正', '二', '三', '四', '五', '六', '七', '八', '九', '十', '冬', '腊'];
const DIGITS = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];

export const lunarMonthWords = (month: number): Words => ({
  zh: `${MONTHS[month - 1]}月`,
  en: `lunar month ${month}`,
});

export function lunarDayWords(day: number): Words {
  const tens = ['初', '十', '廿'];
  const zh =
    day === 10
      ? '初十'
      : day === 20
        ? '二十'
        : day === 30
          ? '三十'
          : `${tens[Math.floor(day / 10)]}${DIGITS[day % 10]}`;
  return { zh, en: `day ${day}` };
}

/** 八月十五; day 15 of lunar month 8. */
export const lunarDateWords = ({ month, day }: LunarDate): Words => ({
  zh: lunarMonthWords(month).zh + lunarDayWords(day).zh,
  en: `${lunarDayWords(day).en} of ${lunarMonthWords(month).en}`,
});
