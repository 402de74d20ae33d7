import { setTimeout as pause } from 'node:timers/promises';
import type { Diagnostic } from '../../shared/diagnostics.ts';
import type { BackfillShown } from '../../shared/tags/index.ts';
import type { Words } from '../../shared/words.ts';
import { type Command, CommandError } from './command.ts';
import { readJsonFile } from './read-json-file.ts';
import { turnoverLines } from './rules/turnover-lines.ts';
import { problemText } from './say.ts';
import { type Api, TARGET_OPTIONS, TARGET_USAGE, targetOf } from './target.ts';

interface Draft {
  readonly revision: number;
  readonly baseVersion: number;
  readonly stale: boolean;
  readonly diagnostics: readonly Diagnostic[];
}
type Values = Readonly<Record<string, unknown>>;
type Work = (api: Api, args: readonly string[], values: Values) => Promise<number>;

/** Changing rules from the command line: the same steps as in the Console. */
export const rules: Command = {
  name: 'rules',
  summary: 'Change the rules of tags and segments: draft, diff, dry run, publish, backfill, roll back',
  usage: [
    'rules draft FILE.json         keep this ruleset as the draft',
    'rules diff [FROM] [TO]        what differs: version numbers, current, draft (current draft)',
    'rules dry-run                 who would gain and lose what by the draft; writes nothing',
    '  --current                   by the rules in force: what a backfill would do now',
    '  --sample N                  of about so many customers; all counts are then estimates',
    'rules publish [--note TEXT]   put the draft in force',
    'rules backfill                give everybody the tags that the rules in force give for the kept events',
    '  --announce                  let the changes start journeys',
    '  --rate N                    customers per second (100); also for dry-run',
    'rules pause|resume|undo ID    a backfill',
    'rules status [ID]             how far it is',
    'rules versions                who published what when',
    'rules rollback VERSION [--note TEXT]',
    TARGET_USAGE,
  ],
  options: {
    ...TARGET_OPTIONS,
    note: { type: 'string' },
    current: { type: 'boolean' },
    announce: { type: 'boolean' },
    rate: { type: 'string' },
    sample: { type: 'string' },
  },
  async run({ positionals, values, port }) {
    const [name = '', ...args] = positionals;
    const work = WORK[name];
    if (work === undefined) {
      throw new CommandError(
        {
          zh: `写明做什么：rules ${Object.keys(WORK).join(' | ')}。`,
          en: `Say what: rules ${Object.keys(WORK).join(' | ')}.`,
        },
        'rules-what',
      );
    }
    return work(targetOf(values, port).api, args, values);
  },
};

const WORK: Readonly<Record<string, Work>> = {
  draft: async (api, [file]) => {
    if (file === undefined)
      throw new CommandError({ zh: '写明规则在哪个文件里。', en: 'Say which file holds the ruleset.' }, 'rules-file');
    const ruleset = readJsonFile(file);
    const [{ draft }, { version }] = await Promise.all([draftOf(api), api.get<{ version: number }>('/api/ruleset')]);
    const from = (ruleset as { version?: unknown } | null)?.version;
    const baseVersion = typeof from === 'number' && from <= version ? from : version;
    const body = { ruleset, baseVersion, revision: draft?.revision ?? 0 };
    const saved = await api.put<{ draft: Draft }>('/api/ruleset/draft', body);
    for (const one of saved.draft.diagnostics) console.error(problemText(one));
    if (saved.draft.stale) console.error('Others have published since version', baseVersion);
    console.log(`Draft ${saved.draft.revision}, from version ${baseVersion}`);
    return saved.draft.diagnostics.length > 0 ? 1 : 0;
  },
  diff: async (api, [from = 'current', to = 'draft']) => {
    const query = new URLSearchParams({ from, to });
    const { items } = await api.get<{ items: readonly Difference[] }>(`/api/ruleset/diff?${query}`);
    if (items.length === 0) console.log('Nothing differs.');
    for (const { what, op, key, said } of items) console.log(`${SIGNS[op] ?? op} ${what} ${key}: ${said.en}`);
    return 0;
  },
  'dry-run': async (api, _, values) => {
    const sample = values['sample'] === undefined ? {} : { sample: numberOf(values, 'sample') };
    const of = values['current'] === true ? 'current' : 'draft';
    const job = await api.post<BackfillShown>('/api/backfills/dry-run', { of, ...rateOf(values), ...sample });
    return watch(api, job.id);
  },
  publish: async (api, _, values) => {
    const { draft } = await draftOf(api);
    const body = { revision: draft?.revision ?? 1, ...noteOf(values) };
    const { version } = await api.post<{ version: number }>('/api/ruleset/draft/publish', body);
    console.log(`Version ${version} is in force. "rules backfill" gives it to what has happened already.`);
    return 0;
  },
  backfill: async (api, _, values) => {
    const body = { announce: values['announce'] === true, ...rateOf(values) };
    const { id } = await api.post<BackfillShown>('/api/backfills', body);
    console.log(`Backfill ${id}`);
    return watch(api, id);
  },
  pause: (api, [id]) => tell(api, id, 'pause'),
  resume: (api, [id]) => tell(api, id, 'resume'),
  undo: (api, [id]) => tell(api, id, 'undo'),
  status: async (api, [id]) => {
    const all =
      id === undefined ? (await api.get<{ items: BackfillShown[] }>('/api/backfills')).items : [await read(api, id)];
    if (all.length === 0) console.log('Nothing was tried or backfilled yet. 还没有试算或回填过。');
    for (const job of all) for (const line of turnoverLines(job, id !== undefined)) console.log(line);
    return 0;
  },
  versions: async (api) => {
    const { current, items } = await api.get<{ current: number; items: readonly Version[] }>('/api/ruleset/versions');
    for (const { version, createdAt, author = '', note = '', of } of items) {
      const back = of === undefined ? '' : ` (back to ${of})`;
      console.log(`${version === current ? '*' : ' '} ${version}${back}  ${createdAt}  ${author}  ${note}`);
    }
    return 0;
  },
  rollback: async (api, [to], values) => {
    if (!/^\d+$/.test(to ?? ''))
      throw new CommandError(
        {
          zh: '写明退回到哪一版：rules rollback 版本号；版本见 rules versions。',
          en: 'Say which version to go back to: rules rollback VERSION; "rules versions" lists them.',
        },
        'rules-version',
      );
    const { version: baseVersion } = await api.get<{ version: number }>('/api/ruleset');
    const body = { to: Number(to), baseVersion, ...noteOf(values) };
    const { version } = await api.post<{ version: number }>('/api/ruleset/rollback', body);
    console.log(`Version ${version} is in force; it says what version ${to} said.`);
    return 0;
  },
};

interface Difference {
  readonly what: string;
  readonly op: string;
  readonly key: string;
  readonly said: Words;
}
interface Version {
  readonly version: number;
  readonly createdAt: string;
  readonly author?: string;
  readonly note?: string;
  readonly of?: number;
}

const SIGNS: Readonly<Record<string, string>> = { added: '+', removed: '-', changed: '~' };

const draftOf = (api: Api) => api.get<{ draft: Draft | null }>('/api/ruleset/draft');
const read = (api: Api, id: string) => api.get<BackfillShown>(`/api/backfills/${encodeURIComponent(id)}`);

async function tell(api: Api, id: string | undefined, what: string): Promise<number> {
  if (id === undefined)
    throw new CommandError(
      {
        zh: `写明哪一次回填：rules ${what} 编号；编号见 rules status。`,
        en: `Say which backfill: rules ${what} ID; "rules status" lists them.`,
      },
      'rules-id',
    );
  const job = await api.post<BackfillShown>(`/api/backfills/${encodeURIComponent(id)}/${what}`, {});
  for (const line of turnoverLines(job, false)) console.log(line);
  return 0;
}

/** Says how far it is until it ends; breaking off leaves it running. */
async function watch(api: Api, id: string): Promise<number> {
  for (let said = ''; ; await pause(1000)) {
    const job = await read(api, id);
    const [line = ''] = turnoverLines(job, false);
    if (line !== said) console.error(line);
    said = line;
    if (job.status === 'running') continue;
    for (const each of turnoverLines(job, true).slice(1)) console.log(each);
    return job.status === 'failed' ? 1 : 0;
  }
}

const noteOf = (values: Values) => (values['note'] === undefined ? {} : { note: String(values['note']) });
const rateOf = (values: Values) => (values['rate'] === undefined ? {} : { rate: numberOf(values, 'rate') });

function numberOf(values: Values, name: string): number {
  const number = Number(values[name]);
  if (!Number.isInteger(number) || number < 1)
    throw new CommandError(
      { zh: `--${name} 须是大于 0 的整数。`, en: `--${name} must be a whole number above 0.` },
      'rules-number',
    );
  return number;
}
