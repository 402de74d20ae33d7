import { hasErrors } from '../../shared/diagnostics.ts';
import { lint as findingsOf, type LintFinding } from '../../shared/lint/index.ts';
import { type Command, CommandError } from './command.ts';
import { readGarden } from './lint/read-garden.ts';
import { say } from './say.ts';
import { TARGET_OPTIONS, TARGET_USAGE, targetOf } from './target.ts';

/** What is sound but unwise about tags, segments and journeys: of the running stack, or of files before they get there. */
export const lint: Command = {
  name: 'lint',
  summary: 'Look over tags, segments and journeys (exit code 1 for errors), on the stack or in files',
  usage: [
    'lint                        all that is installed on the running stack',
    'lint FILES...               a ruleset and journeys as JSON; no stack needed',
    '  --json                    findings as JSON',
    '  --strict                  exit code 1 for warnings, too',
    TARGET_USAGE,
  ],
  options: { ...TARGET_OPTIONS, json: { type: 'boolean' }, strict: { type: 'boolean' } },
  async run({ positionals, values, port }) {
    if (positionals.length > 0 && values['aws'] === true) {
      throw new CommandError({ zh: '文件和 --aws 只能给一个。', en: 'Say files or --aws, not both.' }, 'lint-options');
    }
    const found = positionals.length > 0 ? await inFiles(positionals) : await installed(values, port);
    if (values['json'] === true) console.log(JSON.stringify({ findings: found }, null, 2));
    else print(found);
    return hasErrors(found) || (values['strict'] === true && found.length > 0) ? 1 : 0;
  },
};

/** In files also what cannot be read, whose finding has no number in the catalogue. */
export type FileFinding = Omit<LintFinding, 'lint'> & { readonly lint?: string; readonly file?: string };

async function installed(values: Readonly<Record<string, unknown>>, port: number): Promise<readonly FileFinding[]> {
  const { items } = await targetOf(values, port).api.get<{ items: readonly LintFinding[] }>('/api/lint');
  return items;
}

async function inFiles(paths: readonly string[]): Promise<readonly FileFinding[]> {
  const { input, faults, fileOf } = await readGarden(paths);
  return [...faults, ...findingsOf(input).map((finding) => ({ ...finding, ...fileOf(finding) }))];
}

function print(found: readonly FileFinding[]): void {
  for (const { severity, code, lint: id, file, journey, node, segment, tag, field, message, next } of found) {
    const place = [file, journey, node, segment, tag, field].filter((part) => part !== undefined).join(' · ');
    console.log(`${severity} ${id === undefined ? '' : `${id} `}${code}${place === '' ? '' : `  (${place})`}`);
    console.log(`  ${say(message)}\n  → ${say(next)}`);
  }
  const errors = found.filter(({ severity }) => severity === 'error').length;
  const warnings = found.length - errors;
  console.log(say({ zh: `${errors} 个错误，${warnings} 个提醒`, en: `errors: ${errors}, warnings: ${warnings}` }));
}
