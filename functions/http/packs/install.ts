import type { Journey } from '../../../shared/journey/index.ts';
import type { LintFinding } from '../../../shared/lint/index.ts';
import { PACK_LANGUAGE, type Pack } from '../../../shared/packs/index.ts';
import { fitGroups, parseRuleset, type Ruleset } from '../../../shared/tags/index.ts';
import type { Language } from '../../../shared/words.ts';
import { now } from '../../ports/clock/index.ts';
import { journeyEntry, readDraft, saveDraft } from '../../ports/journeys/index.ts';
import {
  currentRules,
  type InstalledPack,
  installedPack,
  markInstalled,
  putRuleset,
} from '../../ports/ruleset/index.ts';
import { conflict, invalid } from '../errors.ts';
import { lintChange } from '../lint-change.ts';
import { lintInput } from '../lint-input.ts';
import { type Made, publishJourney } from '../publish-journey.ts';
import { refuseWhatJourneysUse } from './in-use.ts';
import { fingerprint, merge } from './merge.ts';

export interface Installed {
  /** What was new, or brought up to date. */
  readonly tags: readonly string[];
  readonly segments: readonly string[];
  readonly journeys: readonly string[];
  /** What the pack has otherwise, and stays as people made it (or gone, where they deleted it). */
  readonly kept: { readonly [K in Kind]: readonly string[] };
  /** What the pack has no more and nobody had touched. */
  readonly gone: { readonly tags: readonly string[]; readonly segments: readonly string[] };
  /** What lints say of all that is installed now; a new error among it refuses the pack before anything is written. */
  readonly warnings: readonly LintFinding[];
}

type Kind = 'tags' | 'groups' | 'segments' | 'journeys';

/**
 * Brings a pack's tags, segments and journeys in, and its journeys live. It may be repeated, also after it broke off
 * half-way: what is there stays, what people have changed is left alone. Answers what was new or brought up to date.
 *
 * @param asked the language of its journeys; without it the one that they were installed in
 */
export async function install(pack: Pack, author: string, asked?: Language): Promise<Installed> {
  const before = await installedPack(pack.id);
  const language = asked ?? before.language ?? PACK_LANGUAGE;
  const wanted = pack.journeys[language];
  const plans = await Promise.all(wanted.map((journey) => plan(journey, before)));
  const { kept, ...rules } = await installRules(
    pack,
    before,
    author,
    plans.filter(({ goesLive }) => goesLive).map(({ journey }) => journey),
  );
  const journeys: string[] = [];
  const keptJourneys: string[] = [];
  for (const one of plans) {
    if (one.goesLive) {
      await bringLive(one, { author, note: `pack ${pack.id}` });
      journeys.push(one.journey.id);
    }
    if (one.kept) keptJourneys.push(one.journey.id);
  }
  await markInstalled(pack.id, {
    version: pack.version,
    language,
    tags: fingerprints(pack.rules.tags, ({ key }) => key),
    groups: fingerprints(pack.rules.groups, ({ id }) => id),
    segments: fingerprints(pack.rules.segments ?? [], ({ id }) => id),
    segmentFamilies: fingerprints(pack.rules.segmentFamilies ?? [], ({ id }) => id),
    journeys: fingerprints(wanted, ({ id }) => id),
  });
  return { ...rules, journeys, kept: { ...kept, journeys: keptJourneys } };
}

const byKey = ({ key }: { readonly key: string }): string => key;
const byId = ({ id }: { readonly id: string }): string => id;

type InstalledRules = Omit<Installed, 'journeys' | 'kept'> & { readonly kept: Omit<Installed['kept'], 'journeys'> };

/** @param live the pack's journeys that will go live */
async function installRules(
  { id, rules }: Pack,
  before: InstalledPack,
  author: string,
  live: readonly Journey[],
): Promise<InstalledRules> {
  const { ruleset } = await currentRules();
  const tags = merge(ruleset.tags, rules.tags, byKey, before.tags);
  const groups = merge(ruleset.groups, rules.groups, byId, before.groups);
  const segments = merge(ruleset.segments ?? [], rules.segments ?? [], byId, before.segments);
  const families = merge(
    ruleset.segmentFamilies ?? [],
    rules.segmentFamilies ?? [],
    byId,
    before.segmentFamilies ?? {},
  );
  const all = [tags, groups, segments, families];
  const answer = {
    tags: tags.changed.map(byKey),
    segments: segments.changed.map(byId),
    kept: { tags: tags.kept, groups: [...groups.kept, ...families.kept], segments: segments.kept },
    gone: { tags: tags.gone, segments: segments.gone },
  };
  if (all.every(({ changed, gone }) => changed.length + gone.length === 0)) {
    return { ...answer, warnings: live.length === 0 ? [] : await lintWith(ruleset, live) };
  }
  await refuseWhatJourneysUse({ tags: tags.gone, segments: segments.gone }, []);
  const parsed = parseRuleset({
    ...ruleset,
    version: ruleset.version + 1,
    // The first pack brings the zone; later it is the tenant's own.
    zone: ruleset.version === 0 ? rules.zone : ruleset.zone,
    ...fitGroups({ tags: tags.all, groups: groups.all }, (id) => rules.groups.some((group) => group.id === id)),
    segments: segments.all,
    segmentFamilies: families.all,
  });
  if (!parsed.ok) throw invalid(parsed.diagnostics);
  const warnings = await lintWith(parsed.ruleset, live);
  const made = { author, note: `pack ${id}` };
  if (!(await putRuleset(parsed.ruleset, ruleset.version, made)).ok) throw conflict((await currentRules()).ruleset);
  return { ...answer, warnings };
}

/** @throws ApiError 422 when these rules and journeys bring an error */
async function lintWith(ruleset: Ruleset, live: readonly Journey[]): Promise<readonly LintFinding[]> {
  const before = await lintInput();
  const others = before.journeys.filter(({ id }) => live.every((journey) => journey.id !== id));
  return lintChange(before, { ruleset, journeys: [...others, ...live] });
}

interface JourneyPlan {
  readonly journey: Journey;
  /** As the pack has it; of the draft there is now. */
  readonly current: string | undefined;
  readonly revision: number;
  /** For the first time, or in a new version. */
  readonly goesLive: boolean;
  /** The pack's is new, but hers is changed. */
  readonly kept: boolean;
}

async function plan(journey: Journey, before: InstalledPack): Promise<JourneyPlan> {
  const { id } = journey;
  const [entry, draft] = await Promise.all([journeyEntry(id), readDraft(id)]);
  const current = draft === undefined ? undefined : fingerprint(draft.document);
  const wanted = fingerprint(journey);
  const untouched = current === undefined || current === wanted || current === before.journeys[id];
  return {
    journey,
    current,
    revision: draft?.revision ?? 0,
    goesLive: untouched && !(current === wanted && entry?.liveVersion !== undefined),
    kept: !untouched && wanted !== before.journeys[id],
  };
}

async function bringLive({ journey, current, revision }: JourneyPlan, made: Made): Promise<void> {
  const { id, name, stage } = journey;
  if (current === fingerprint(journey)) return void (await publishJourney(id, revision, made));
  const saved = await saveDraft({ id, name, stage, document: journey, base: revision, now: now() });
  if (saved === undefined) throw conflict(await readDraft(id));
  await publishJourney(id, saved, made);
}

const fingerprints = <T>(things: readonly T[], idOf: (thing: T) => string): Record<string, string> =>
  Object.fromEntries(things.map((thing) => [idOf(thing), fingerprint(thing)]));
