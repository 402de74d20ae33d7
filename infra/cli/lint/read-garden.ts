import { readFile } from 'node:fs/promises';
import type { Diagnostic } from '../../../shared/diagnostics.ts';
import { type Journey, parseJourney } from '../../../shared/journey/index.ts';
import type { LintFinding, LintInput } from '../../../shared/lint/index.ts';
import { parseRuleset, type Ruleset } from '../../../shared/tags/index.ts';
import { CommandError } from '../command.ts';

interface Read {
  readonly input: LintInput;
  /** What is wrong with the files themselves. */
  readonly faults: readonly (Diagnostic & { readonly file: string })[];
  /** The file that a finding is about; findings about all of it have none. */
  readonly fileOf: (finding: LintFinding) => { readonly file?: string };
}

/** Without a ruleset among the files nothing is said that needs one. */
const NO_RULES: Ruleset = { version: 0, zone: 'UTC', groups: [], tags: [] };

/**
 * Reads files that hold a journey (it has `nodes`) or a ruleset (it has `tags`) each.
 *
 * @throws CommandError for a file that is not there, is no JSON, or is neither; and for a second ruleset
 */
export async function readGarden(paths: readonly string[]): Promise<Read> {
  const faults: (Diagnostic & { file: string })[] = [];
  const journeys: { file: string; journey: Journey }[] = [];
  let rules: { file: string; ruleset: Ruleset } | undefined;
  for (const file of paths) {
    const data = await readJson(file);
    if ('nodes' in data) {
      const parsed = parseJourney(data);
      if (parsed.ok) journeys.push({ file, journey: parsed.journey });
      faults.push(...parsed.diagnostics.map((one) => ({ ...one, file })));
    } else if ('tags' in data) {
      if (rules !== undefined) {
        throw new CommandError(`${file}: ${rules.file} is a ruleset already; there can be one.`, 'lint-two-rulesets');
      }
      const parsed = parseRuleset({ version: 0, ...data });
      rules = { file, ruleset: parsed.ok ? parsed.ruleset : NO_RULES };
      if (!parsed.ok) faults.push(...parsed.diagnostics.map((one) => ({ ...one, file })));
    } else {
      throw new CommandError(`${file} is neither a journey (with "nodes") nor a ruleset (with "tags").`, 'lint-file');
    }
  }
  return {
    input: { ruleset: rules?.ruleset ?? NO_RULES, journeys: journeys.map(({ journey }) => journey) },
    faults,
    fileOf: ({ journey: id, field }) => {
      const file = id === undefined ? field && rules?.file : journeys.find(({ journey }) => journey.id === id)?.file;
      return file === undefined ? {} : { file };
    },
  };
}

async function readJson(file: string): Promise<Record<string, unknown>> {
  const text = await readFile(file, 'utf8').catch((cause: Error) => {
    throw new CommandError(`${file} cannot be read: ${cause.message}`, 'lint-file', { cause });
  });
  try {
    const data: unknown = JSON.parse(text);
    return data !== null && typeof data === 'object' ? (data as Record<string, unknown>) : {};
  } catch (cause) {
    throw new CommandError(`${file} is no JSON: ${(cause as Error).message}`, 'lint-file', { cause });
  }
}
