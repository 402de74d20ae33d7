import type { Diagnostic } from '../../../shared/diagnostics.ts';
import { graphOf, type Journey, parseDraft, segmentsMentioned, tagsMentioned } from '../../../shared/journey/index.ts';
import { journeyVersion, listJourneys, readDraft } from '../../ports/journeys/index.ts';
import { invalid } from '../errors.ts';

interface Going {
  readonly tags: readonly string[];
  readonly segments: readonly string[];
}

/**
 * Refuses to take away tags and segments that a journey speaks of, in its draft or in the version that is live: each
 * named, with the journey.
 *
 * @param but journeys that go as well
 */
export async function refuseWhatJourneysUse({ tags, segments }: Going, but: readonly string[]): Promise<void> {
  if (tags.length + segments.length === 0) return;
  const problems: Diagnostic[] = [];
  for (const { id, name, liveVersion } of await listJourneys()) {
    if (but.includes(id)) continue;
    const found = new Set<string>();
    for (const journey of await documentsOf(id, liveVersion)) {
      const graph = graphOf(journey);
      for (const use of tagsMentioned(graph)) {
        const key = tags.find((one) => use.id === one || use.id.startsWith(`${one}:`));
        if (key !== undefined) found.add(key);
      }
      for (const use of segmentsMentioned(graph)) if (segments.includes(use.id)) found.add(use.id);
    }
    problems.push(...[...found].map((used) => inUse(used, id, name)));
  }
  if (problems.length > 0) throw invalid(problems);
}

async function documentsOf(id: string, liveVersion: number | undefined): Promise<Journey[]> {
  const [draft, live] = await Promise.all([
    readDraft(id),
    liveVersion === undefined ? undefined : journeyVersion(id, liveVersion),
  ]);
  const parsed = draft && parseDraft(draft.document);
  return [...(parsed?.ok ? [parsed.journey] : []), ...(live ? [live.document] : [])];
}

const inUse = (used: string, journey: string, name: string): Diagnostic => ({
  code: 'used-by-journey',
  severity: 'error',
  field: `journeys.${journey}`,
  message: {
    zh: `旅程「${name}」还在用「${used}」。`,
    en: `The journey “${name}” still uses “${used}”.`,
  },
  next: {
    zh: '先在这条旅程里改用别的，再发布它。',
    en: 'Let that journey use something else and publish it first.',
  },
});
