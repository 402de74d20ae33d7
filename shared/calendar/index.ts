/** Days of the common and of the Chinese lunar calendar, and the festivals on them. */
export { addDays, type Day, dayText } from './day.ts';
export { FESTIVALS, festivalOf } from './festivals.ts';
export { dayOfLunar, type LunarDate, lunarOfDay } from './lunar.ts';
export { lunarDateWords, lunarDayWords, lunarMonthWords } from './lunar-words.ts';
