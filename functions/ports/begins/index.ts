export { type Begin, begin } from './begin.ts';
export {
  type ClockRow,
  clocksOf,
  dropClock,
  dueClocks,
  forgetClock,
  madeOf,
  moveClock,
  putClock,
} from './clocks.ts';
export { afterDate, dueDates, type PlannedDate, planDate } from './dates.ts';
