import { freeId } from '../../../shared/journey/index.ts';

/** An id for a journey drawn here: short, safe in names and keys, and not taken. */
export const freshJourneyId = (taken: readonly string[]): string => freeId(taken, 'journey');
