import { assertSound, compile } from '../../shared/compiler/index.ts';
import { type Journey, parseJourney } from '../../shared/journey/index.ts';
import type { LintFinding } from '../../shared/lint/index.ts';
import { now } from '../ports/clock/index.ts';
import { environment } from '../ports/environment.ts';
import {
  type DirectoryEntry,
  journeyEntry,
  journeyVersion,
  type PublishedVersion,
  readDraft,
  storeVersion,
} from '../ports/journeys/index.ts';
import { publishMachine } from '../ports/states/index.ts';
import { assertKept } from './check-journey.ts';
import { compileOptions } from './compile-options.ts';
import { conflict, invalid, notFound, THIS_JOURNEY, THIS_VERSION } from './errors.ts';
import { lintChange } from './lint-change.ts';
import { lintInput } from './lint-input.ts';
import { planClocks } from './plan-clocks.ts';

export interface Publication {
  readonly version: number;
  readonly versionArn: string;
  /** What lints say of it; errors among them have refused it. */
  readonly warnings: readonly LintFinding[];
}

/** Who makes a version, and what she says of it. */
export type Made = Pick<PublishedVersion, 'author' | 'note'>;

/** Makes a draft live. */
export async function publishJourney(id: string, revision: number, made: Made = {}): Promise<Publication> {
  const [entry, draft] = await Promise.all([journeyEntry(id), readDraft(id)]);
  if (entry === undefined || draft === undefined) throw notFound(THIS_JOURNEY);
  if (draft.revision !== revision) throw conflict({ document: draft.document, revision: draft.revision });
  return makeLive(entry, draft.document, made);
}

/**
 * Makes an earlier version live again, as a new one; the draft stays as it is. What was sound then is looked at once
 * more: tags may have gone since.
 *
 * @param live the version that runs as far as the caller knows
 */
export async function rollBackJourney(id: string, to: number, live: number, made: Made): Promise<Publication> {
  const [entry, version] = await Promise.all([journeyEntry(id), journeyVersion(id, to)]);
  if (entry?.liveVersion === undefined || version === undefined) throw notFound(THIS_VERSION);
  if (entry.liveVersion !== live) throw conflict({ liveVersion: entry.liveVersion });
  return makeLive(entry, version.document, { ...made, of: to });
}

/**
 * Parse, compile, check, state machine, version, live. Repeating a publish that broke off gives the same version: the
 * definition is the same, and so is Step Functions' revision of it.
 */
async function makeLive(
  entry: DirectoryEntry,
  document: unknown,
  made: Made & Pick<PublishedVersion, 'of'>,
): Promise<Publication> {
  const { id } = entry;
  const parsed = parseJourney(document);
  if (!parsed.ok) throw invalid(parsed.diagnostics);
  const version = (entry.versions.at(-1)?.version ?? 0) + 1;
  const options = await compileOptions(version);
  const compiled = compile(parsed.journey, options);
  if (!compiled.ok) throw invalid(compiled.diagnostics);
  const warnings = await lintOf(parsed.journey);
  const { asl, map } = compiled;
  // Whoever can publish wields the execution role, so the definition is looked at once more before AWS gets it.
  assertSound(asl, options.functions);
  assertKept({ document: parsed.journey, asl, map });
  const publishedAt = now();
  const zone = parsed.journey.zone ?? environment('TENANT_ZONE');
  const clocks = await planClocks(id, map, zone, publishedAt);
  const description = `${id} v${version}`;
  const { machineArn, versionArn } = await publishMachine(id, JSON.stringify(asl), description, entry.machineArn);
  const stored = await storeVersion({
    journey: id,
    version,
    arn: versionArn,
    publishedAt,
    ...made,
    document: parsed.journey,
    asl,
    map,
    machineArn,
    earlier: entry.versions,
    with: clocks,
  });
  if (!stored) throw conflict(await journeyEntry(id));
  return { version, versionArn, warnings };
}

/** @throws ApiError 422 when it has errors, whether it had them before or not: it is about to speak to people */
async function lintOf(journey: Journey): Promise<readonly LintFinding[]> {
  const { ruleset, journeys } = await lintInput();
  const others = { ruleset, journeys: journeys.filter(({ id }) => id !== journey.id) };
  const found = lintChange(others, { ruleset, journeys: [...others.journeys, journey] });
  return found.filter((finding) => finding.journey === journey.id);
}
