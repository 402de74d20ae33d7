import type { JourneyVersion } from '../api/types.ts';

/** The number that the next version would have; versions that were taken back keep theirs. */
export const nextVersion = (versions: readonly JourneyVersion[]): number =>
  1 + Math.max(0, ...versions.map(({ version }) => version));
