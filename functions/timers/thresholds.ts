import { pipeline } from '../pipeline.ts';
import { refreshThresholds, thresholdsAreOld } from '../ports/thresholds/index.ts';

const DAY = 86_400_000;
/** A page of customers takes far less. */
const LAST_PAGE_MS = 30_000;

/**
 * Once a day, finds anew from which amounts on a customer is above so many percent of all. Called more often than that:
 * what did not get done in one call is gone on with in the next.
 */
export const handler = pipeline(async (_event, context) => {
  if (!(await thresholdsAreOld(DAY))) return { done: true, seen: 0 };
  return refreshThresholds(() => context.getRemainingTimeInMillis() > LAST_PAGE_MS);
});
