import { type Journey, parseJourney } from '../../shared/journey/index.ts';
import type { LintInput } from '../../shared/lint/index.ts';
import { type DirectoryEntry, draftsOf, listJourneys, liveVersions } from '../ports/journeys/index.ts';
import { currentRules } from '../ports/ruleset/index.ts';

/**
 * All that is installed: the rules in force, and of every journey the live version, or its draft while there is none.
 * Asked at every keystroke of an editor: what has not changed since it was last asked is neither read nor parsed again.
 */
export async function lintInput(): Promise<LintInput> {
  const [{ ruleset }, entries] = await Promise.all([currentRules(), listJourneys()]);
  const isLive = ({ liveVersion }: DirectoryEntry): boolean => liveVersion !== undefined;
  const [live, drafts] = await Promise.all([
    liveVersions(entries),
    draftsOf(entries.filter((entry) => !isLive(entry))),
  ]);
  const documents = entries.map(({ id }) => (live.get(id) ?? drafts.get(id))?.document);
  return { ruleset, journeys: documents.flatMap((document) => parsed(document) ?? []) };
}

/** By document, which the ports hand out as the same object for as long as it is the same. */
const known = new WeakMap<object, Journey | undefined>();

/** Undefined for a draft that cannot be read yet: its problems are shown where it is drawn. */
function parsed(document: unknown): Journey | undefined {
  if (typeof document !== 'object' || document === null) return undefined;
  if (!known.has(document)) {
    const read = parseJourney(document);
    known.set(document, read.ok ? read.journey : undefined);
  }
  return known.get(document);
}
