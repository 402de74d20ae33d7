export { apply, type Change as CountedChange } from './apply.ts';
export { endedField, livePk, nodeSk, passedField, TOTAL, TOTALS } from './keys.ts';
export { journeyTotals, liveNumbers } from './read.ts';
