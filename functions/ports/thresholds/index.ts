export { type Refreshed, refreshThresholds, thresholdsAreOld } from './refresh.ts';
