import type { Journey } from '../../../shared/journey/index.ts';
import type { Enrolment } from '../../ports/enrolments/index.ts';
import type { Watch } from './watch.ts';

/** The journey as the version says that she is in; the live one where that is not known any more. */
export function documentOf({ journey, version }: Enrolment, { journeys }: Watch): Journey | undefined {
  const watched = journeys.get(journey);
  return (watched?.versions.get(version) ?? watched?.live)?.document;
}

/** Of these passages those that are active, in other journeys of a family: she should be in one at a time (S53). */
export const activeInFamily = (
  family: string,
  journey: string,
  passages: readonly Enrolment[],
  watch: Watch,
): readonly Enrolment[] =>
  passages.filter(
    (one) => one.status === 'active' && one.journey !== journey && documentOf(one, watch)?.entry.family === family,
  );
