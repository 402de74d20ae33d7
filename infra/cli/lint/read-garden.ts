import type { Diagnostic } from '../../../shared/diagnostics.ts';
import { type Journey, parseJourney } from '../../../shared/journey/index.ts';
import type { LintFinding, LintInput } from '../../../shared/lint/index.ts';
import { parseRuleset, type Ruleset } from '../../../shared/tags/index.ts';
import { CommandError } from '../command.ts';
import { readJsonFile } from '../read-json-file.ts';

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
    const data = objectIn(readJsonFile(file));
    if ('nodes' in data) {
      const parsed = parseJourney(data);
      if (parsed.ok) journeys.push({ file, journey: parsed.journey });
      faults.push(...parsed.diagnostics.map((one) => ({ ...one, file })));
    } else if ('tags' in data) {
      if (rules !== undefined) {
        throw new CommandError(
          {
            zh: `${file}：${rules.file} 已经是规则文件，只能给一份。`,
            en: `${file}: ${rules.file} is a ruleset already; there can be one.`,
          },
          'lint-two-rulesets',
        );
      }
      const parsed = parseRuleset({ version: 0, ...data });
      rules = { file, ruleset: parsed.ok ? parsed.ruleset : NO_RULES };
      if (!parsed.ok) faults.push(...parsed.diagnostics.map((one) => ({ ...one, file })));
    } else {
      throw new CommandError(
        {
          zh: `${file} 既不是旅程（含 nodes）也不是规则（含 tags）。给其中一种的 JSON 文件。`,
          en: `${file} is neither a journey (with "nodes") nor a ruleset (with "tags"). Give a JSON file of either.`,
        },
        'lint-file',
      );
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

const objectIn = (json: unknown): Record<string, unknown> =>
  json !== null && typeof json === 'object' ? (json as Record<string, unknown>) : {};
