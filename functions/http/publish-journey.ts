import { assertSound, compile } from '../../shared/compiler/index.ts';
import { parseJourney } from '../../shared/journey/index.ts';
import { now } from '../ports/clock/index.ts';
import { journeyEntry, readDraft, storeVersion } from '../ports/journeys/index.ts';
import { publishMachine } from '../ports/states/index.ts';
import { compileOptions } from './compile-options.ts';
import { conflict, invalid, notFound } from './errors.ts';

export interface Publication {
  readonly version: number;
  readonly versionArn: string;
}

/**
 * Makes a draft live: parse, compile, check, state machine, version, live. Repeating a publish that broke off gives the
 * same version: the definition is the same, and so is Step Functions' revision of it.
 */
export async function publishJourney(id: string, revision: number): Promise<Publication> {
  const [entry, draft] = await Promise.all([journeyEntry(id), readDraft(id)]);
  if (entry === undefined || draft === undefined) throw notFound({ zh: '这个旅程', en: 'The journey' });
  if (draft.revision !== revision) throw conflict({ document: draft.document, revision: draft.revision });
  const parsed = parseJourney(draft.document);
  if (!parsed.ok) throw invalid(parsed.diagnostics);
  const version = (entry.versions.at(-1)?.version ?? 0) + 1;
  const options = await compileOptions(version);
  const compiled = compile(parsed.journey, options);
  if (!compiled.ok) throw invalid(compiled.diagnostics);
  const { asl, map } = compiled;
  // Whoever can publish wields the execution role, so the definition is looked at once more before AWS gets it.
  assertSound(asl, options.functions);
  const description = `${id} v${version}`;
  const { machineArn, versionArn } = await publishMachine(id, JSON.stringify(asl), description, entry.machineArn);
  const stored = await storeVersion({
    journey: id,
    version,
    arn: versionArn,
    publishedAt: now(),
    document: parsed.journey,
    asl,
    map,
    machineArn,
    earlier: entry.versions,
  });
  if (!stored) throw conflict(await journeyEntry(id));
  return { version, versionArn };
}
