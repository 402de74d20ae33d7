/** Where tags and segments are used: by journeys (as drawn and as they run), by the rules of others, by other segments. */
import { graphOf, type Journey, parseDraft, segmentsMentioned, tagsMentioned } from '../../shared/journey/index.ts';
import { type Looked, rulesThatUse } from '../../shared/tags/index.ts';
import type { Words } from '../../shared/words.ts';
import {
  type DirectoryEntry,
  type Draft,
  draftsOf,
  type JourneyVersion,
  listJourneys,
  liveVersions,
} from '../ports/journeys/index.ts';
import { currentRules, listVersions, rulesetOf } from '../ports/ruleset/index.ts';

/** One place in which a journey speaks of a tag or a segment. */
interface Mention extends Looked {
  /** In the version that customers enter, in the draft, or in both. */
  readonly in: readonly ('live' | 'draft')[];
  readonly field: string;
  readonly node?: string;
  /** What the card is called. */
  readonly title?: Words;
}

interface Speaking {
  readonly journey: DirectoryEntry;
  readonly mentions: readonly Mention[];
}

/** All that journeys say of tags and segments. */
export async function mentionsOfJourneys(): Promise<readonly Speaking[]> {
  const entries = await listJourneys();
  const [drafts, live] = await Promise.all([draftsOf(entries), liveVersions(entries)]);
  return entries.map((journey) => ({
    journey,
    mentions: merged(mentionsOf(drafts.get(journey.id), live.get(journey.id))),
  }));
}

function mentionsOf(draft: Draft | undefined, live: JourneyVersion | undefined): Mention[] {
  const parsed = draft && parseDraft(draft.document);
  return [...(live ? spokenIn(live.document, 'live') : []), ...(parsed?.ok ? spokenIn(parsed.journey, 'draft') : [])];
}

function spokenIn(journey: Journey, where: 'live' | 'draft'): Mention[] {
  const graph = graphOf(journey);
  const at = (place: { readonly node?: string; readonly field: string }) => {
    const card = place.node === undefined ? undefined : graph.node(place.node);
    const own = card?.node.title;
    const title = own ? { zh: own, en: own } : card?.kind.face.title;
    return { ...place, in: [where], ...(title && { title }) };
  };
  return [
    ...tagsMentioned(graph).map(({ id, place }) => ({ tag: id, ...at(place) })),
    ...segmentsMentioned(graph).map(({ id, place }) => ({ segment: id, ...at(place) })),
  ];
}

/** The same place once, though it stands in the draft and in the live version. */
function merged(mentions: readonly Mention[]): Mention[] {
  const places = Map.groupBy(mentions, ({ tag, segment, node, field }) => JSON.stringify([tag, segment, node, field]));
  return [...places.values()].map((same) => ({ ...same[0]!, in: [...new Set(same.flatMap((one) => one.in))] }));
}

/** A value of a family is the family's. */
const isMeant = (mention: Looked, { tag, segment }: Looked): boolean =>
  tag === undefined ? mention.segment === segment : mention.tag === tag || mention.tag?.startsWith(`${tag}:`) === true;

/** Who uses one tag or segment: rules in force, segments, precedence, and journeys with the cards. */
export async function usesOf(looked: Looked) {
  const [{ ruleset }, speaking] = await Promise.all([currentRules(), mentionsOfJourneys()]);
  return {
    ...rulesThatUse(ruleset, looked),
    journeys: speaking.flatMap(({ journey: { id, name, liveVersion }, mentions }) => {
      const mine = mentions.filter((mention) => isMeant(mention, looked));
      const where = mine.map(({ tag: _, segment: _s, ...place }) => place);
      return where.length === 0 ? [] : [{ id, name, live: liveVersion !== undefined, where }];
    }),
  };
}

/** Further back nobody looks, and each version is a read. */
const VERSIONS_BACK = 20;

/** Which version made a definition as it is now, by whom; undefined when that was longer ago than can be told. */
export async function lastChange(find: (version: number) => Promise<unknown>) {
  const versions = (await listVersions()).slice(0, VERSIONS_BACK);
  let is: string | undefined;
  for (const made of versions) {
    is ??= JSON.stringify(await find(made.version));
    if (JSON.stringify(await find(made.version - 1)) !== is) return made;
  }
  return undefined;
}

export const tagAt = (key: string) => async (version: number) =>
  (await rulesetOf(version))?.tags.find((tag) => tag.key === key);
export const segmentAt = (id: string) => async (version: number) =>
  (await rulesetOf(version))?.segments?.find((segment) => segment.id === id);
