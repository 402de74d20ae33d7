import { SingleBar } from 'cli-progress';
import { DateTime, IANAZone } from 'luxon';
import type { Diagnostic } from '../../shared/diagnostics.ts';
import {
  type Chunk,
  emptyTally,
  IMPORT_KINDS,
  type ImportKind,
  mapColumns,
  messagesOf,
  twiceHeaded,
} from '../../shared/imports/index.ts';
import { headingsOf, openTable, TableRefused } from '../../shared/tables/index.ts';
import { type Command, CommandError } from './command.ts';
import {
  type Checkpoint,
  checkpointPath,
  fileOf,
  readCheckpoint,
  removeCheckpoint,
  writeCheckpoint,
} from './import/checkpoint.ts';
import { comparison } from './import/comparison.ts';
import { diskSource } from './import/disk-source.ts';
import { ErrorFile } from './import/error-file.ts';
import { knownTags } from './import/known-tags.ts';
import { putMessages } from './import/put-messages.ts';
import { runImport } from './import/run-import.ts';
import { summary } from './import/summary.ts';
import { unknownTagNames } from './import/unknown-tags.ts';
import { problemText } from './say.ts';
import { TARGET_OPTIONS, TARGET_USAGE, targetOf } from './target.ts';

/** Rows of a file as events on the bus. They count for tags and start no journeys unless asked. */
export const importFile: Command = {
  name: 'import',
  summary: 'Import customers, orders, interactions or Pinpoint’s endpoints from a CSV, XLSX or JSON file',
  usage: [
    `import ${IMPORT_KINDS.map(({ id }) => id).join('|')} FILE   see docs/import.md; again after a break, it goes on`,
    '  --dry-run                   say what would come of it, put nothing',
    '  --compare                   with --dry-run: also how many are new, would change something, or are there already',
    '  --map FIELD=COLUMN          which column is what, where the guess is wrong; FIELD= leaves it out; repeatable',
    '  --start-journeys            what the file tells is news: it may let customers into journeys',
    '  --create-tags               make the tags that the file names and nobody has defined',
    '  --zone ZONE --as-of INSTANT the zone of times without one; when the file was true (its own time)',
    '  --sheet NAME --errors FILE  a sheet other than the first; where refused rows go (FILE.errors.csv)',
    '  --restart --report          begin anew; print one JSON object at the end',
    TARGET_USAGE,
  ],
  options: {
    ...TARGET_OPTIONS,
    'dry-run': { type: 'boolean' },
    compare: { type: 'boolean' },
    map: { type: 'string', multiple: true },
    'start-journeys': { type: 'boolean' },
    'create-tags': { type: 'boolean' },
    zone: { type: 'string' },
    'as-of': { type: 'string' },
    sheet: { type: 'string' },
    errors: { type: 'string' },
    restart: { type: 'boolean' },
    report: { type: 'boolean' },
  },
  async run({ positionals, values, port }) {
    const [kind, path] = asked(positionals);
    const text = (name: string) => (values[name] === undefined ? undefined : String(values[name]));
    const dryRun = values['dry-run'] === true;
    const startJourneys = values['start-journeys'] === true;
    const table = await said(openTable(await diskSource(path), text('sheet')));
    const headings = await said(headingsOf(table, path));
    const { mapping, diagnostics: found } = mapColumns(kind, headings, mapOptions(values['map']));
    const diagnostics = [...found, ...twiceHeaded(mapping, headings)];
    if (diagnostics.length > 0) throw new CommandError(sentences(diagnostics), diagnostics[0]!.code);

    const { api, bus } = targetOf(values, port);
    const tags = await knownTags(api);
    const zone = zoneOf(text('zone') ?? tags.zone);
    const settings = JSON.stringify([kind.id, [...mapping], zone, startJourneys, text('sheet'), text('as-of')]);
    const before = dryRun ? undefined : readCheckpoint(path, settings, values['restart'] === true);
    const asOf =
      before?.asOf ?? instantOf(text('as-of')) ?? new Date(Math.min(Date.now(), fileOf(path).modified)).toISOString();
    const context = { zone, asOf, startJourneys, tagKey: tags.keyOf };
    const plan = { kind, headings, mapping, context };
    if (values['create-tags'] === true) {
      for (const name of await said(unknownTagNames(table, plan))) if (!dryRun) await tags.create(name);
    }

    const tally = before?.tally ?? emptyTally();
    const columnOf = (field: string) => headings[mapping.get(field) ?? -1];
    const errors = dryRun
      ? undefined
      : new ErrorFile(text('errors') ?? `${path}.errors.csv`, headings, columnOf, before?.errorBytes ?? 0);
    if (before !== undefined) console.error(`Going on after line ${before.doneLine} (${checkpointPath(path)}).`);
    const bar = new SingleBar({ format: '{bar} {percentage}% · {rows} rows', noTTYOutput: true, notTTYSchedule: 5000 });
    bar.start(1000, 0, { rows: 0 });
    const note = (doneLine: number) => {
      const checkpoint: Checkpoint = {
        version: 1,
        file: fileOf(path),
        settings,
        asOf,
        doneLine,
        errorBytes: errors?.bytes ?? 0,
        tally,
      };
      if (!dryRun) writeCheckpoint(path, checkpoint);
    };
    const compared =
      dryRun && values['compare'] === true
        ? comparison(api, {
            kind: kind.id,
            headings: [...headings],
            fields: Object.fromEntries(mapping),
            leave: [],
            zone,
            asOf,
            startJourneys,
          })
        : undefined;
    const take = async (chunk: Chunk): Promise<void> => {
      if (dryRun) await compared?.take(chunk);
      else await putMessages(bus, messagesOf(chunk.outcomes));
    };
    try {
      const run = runImport({
        table,
        plan,
        doneLine: before?.doneLine ?? 0,
        tally,
        errors,
        take,
        onDone: note,
        onProgress: (part, rows) => bar.update(Math.round(part * 1000), { rows }),
      });
      await said(run);
    } finally {
      bar.stop();
      errors?.close();
    }
    if (!dryRun) removeCheckpoint(path);
    const told = {
      file: path,
      format: table.format.en,
      kind: kind.id,
      dryRun,
      columns: columnsOf(kind, headings, mapping),
      ...tally,
      total: tally.cents / 100,
      ...(compared === undefined ? {} : { compared: compared.sum() }),
    };
    const errorFile = errors !== undefined && errors.bytes > 0 ? errors.path : undefined;
    console.log(values['report'] === true ? JSON.stringify({ ...told, errorFile }, null, 2) : summary(told, errorFile));
    return 0;
  },
};

function asked(positionals: readonly string[]): [ImportKind, string] {
  const [id, path, ...more] = positionals;
  const kind = IMPORT_KINDS.find((one) => one.id === id);
  if (kind === undefined || path === undefined || more.length > 0) {
    throw new CommandError(
      {
        zh: `写明导入什么：npm run pergola -- import ${IMPORT_KINDS.map((one) => one.id).join('|')} 文件`,
        en: `Say what to import: npm run pergola -- import ${IMPORT_KINDS.map((one) => one.id).join('|')} FILE`,
      },
      'import-what',
    );
  }
  return [kind, path];
}

/** What cannot be read as a table, as the command line says it. */
async function said<T>(opened: Promise<T>): Promise<T> {
  try {
    return await opened;
  } catch (error) {
    if (!(error instanceof TableRefused)) throw error;
    const { code, words, next, cause } = error;
    throw new CommandError({ zh: `${words.zh}${next.zh}`, en: `${words.en} ${next.en}` }, code, { cause });
  }
}

function mapOptions(given: unknown): Record<string, string> {
  const list = given === undefined ? [] : (given as string[]);
  return Object.fromEntries(
    list.map((one) => {
      const at = one.indexOf('=');
      if (at < 1)
        throw new CommandError(
          {
            zh: `--map ${one}：写成 字段=列名，例如 --map total=实付金额。`,
            en: `--map ${one}: say FIELD=COLUMN, e.g. --map total=实付金额.`,
          },
          'import-map',
        );
      return [one.slice(0, at), one.slice(at + 1)];
    }),
  );
}

function zoneOf(zone: string): string {
  if (!IANAZone.isValidZone(zone))
    throw new CommandError(
      {
        zh: `--zone ${zone}：写 IANA 时区，例如 Asia/Shanghai。`,
        en: `--zone ${zone}: say an IANA zone such as Asia/Shanghai.`,
      },
      'import-zone',
    );
  return zone;
}

function instantOf(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const instant = DateTime.fromISO(text, { zone: 'utc' });
  if (!instant.isValid)
    throw new CommandError(
      {
        zh: `--as-of：「${text}」不是时刻。写 2026-11-20T00:00:00Z 这样的。`,
        en: `--as-of: "${text}" is no instant. Say 2026-11-20T00:00:00Z.`,
      },
      'import-as-of',
    );
  return instant.toISO();
}

const sentences = (list: readonly Diagnostic[]): string => list.map(problemText).join('\n');

const columnsOf = (
  kind: ImportKind,
  headings: readonly string[],
  mapping: ReadonlyMap<string, number>,
): Record<string, string> =>
  Object.fromEntries(
    kind.fields.flatMap(({ id }) => (mapping.has(id) ? [[id, headings[mapping.get(id)!] ?? '']] : [])),
  );
