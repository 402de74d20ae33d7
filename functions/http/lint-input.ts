import { parseJourney } from '../../shared/journey/index.ts';
import type { LintInput } from '../../shared/lint/index.ts';
import { journeyVersion, listJourneys, readDraft } from '../ports/journeys/index.ts';
import { currentRules } from '../ports/ruleset/index.ts';

/** All that is installed: the rules in force, and of every journey the live version, or its draft while there is none. */
export async function lintInput(): Promise<LintInput> {
  const [{ ruleset }, entries] = await Promise.all([currentRules(), listJourneys()]);
  const documents = await Promise.all(
    entries.map(async ({ id, liveVersion }) =>
      liveVersion === undefined ? (await readDraft(id))?.document : (await journeyVersion(id, liveVersion))?.document,
    ),
  );
  // A draft that cannot be read yet has its problems shown where it is drawn.
  const journeys = documents.map(parseJourney).flatMap((parsed) => (parsed.ok ? [parsed.journey] : []));
  return { ruleset, journeys };
}
