export { type Backfill, type Doing, NO_TALLY, type Tally } from './backfill.ts';
export {
  activeBackfill,
  createBackfill,
  customersAfter,
  fromTheStart,
  listBackfills,
  type NewBackfill,
  readBackfill,
  rulesTried,
  saveBackfill,
  UNDO_DAYS,
} from './store.ts';
