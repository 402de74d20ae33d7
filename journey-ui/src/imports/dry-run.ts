import {
  bringChunks,
  chunkBody,
  chunksOf,
  emptyTally,
  type ImportRequest,
  planOf,
  type RowProblem,
  SeenTexts,
  type Tally,
  tagKeys,
  tallyOutcome,
} from '../../../shared/imports/index.ts';
import type { Ruleset } from '../../../shared/tags/index.ts';
import { get } from '../api/client.ts';
import { compareRows } from '../api/imports.ts';
import type { OpenedFile } from './opened-file.ts';

/** What would come of a file. */
export interface DryRun {
  readonly tally: Tally;
  readonly fresh: number;
  readonly changed: number;
  readonly same: number;
  readonly strangers: number;
  /** The first rows that are wrong, with the cell where it is one. */
  readonly problems: readonly (RowProblem & { readonly cell?: string | undefined })[];
  /** Names of tags that people may not set, most rows first. */
  readonly unknownTags: readonly string[];
}

const SHOWN = 50;
/** Rows that are brought together. */
export const LINES = 1000;

/** Reads the whole file as an import would, and asks of each row what it would change; puts nothing. */
export async function dryRun(
  { table }: OpenedFile,
  request: ImportRequest,
  told: (part: number) => void,
  stopped: () => boolean,
): Promise<DryRun> {
  const tally = emptyTally();
  const problems: DryRun['problems'][number][] = [];
  const counts = { fresh: 0, changed: 0, same: 0 };
  const strangers = new SeenTexts();
  const unknown = new Map<string, number>();
  const keyOf = tagKeys((await get<Ruleset>('/api/ruleset')).tags);
  const plan = planOf(request, (name) => {
    const key = keyOf(name);
    if (key === undefined) unknown.set(name, (unknown.get(name) ?? 0) + 1);
    return key;
  });
  const chunks = chunksOf(table.records(), plan, { lines: LINES, isDone: () => false });
  await bringChunks(chunks, {
    stopped,
    take: async (chunk) => {
      for (const outcome of chunk.outcomes) {
        tallyOutcome(tally, outcome);
        if (!('problems' in outcome)) continue;
        for (const problem of outcome.problems.slice(0, Math.max(0, SHOWN - problems.length))) {
          const cell = chunk.cellsOf(problem.line)[request.fields[problem.field ?? ''] ?? -1];
          problems.push({ ...problem, ...(cell === undefined ? {} : { cell }) });
        }
      }
      const { rows } = chunkBody(chunk);
      const found = rows.length === 0 ? undefined : await compareRows(request, rows);
      for (const part of ['fresh', 'changed', 'same'] as const) counts[part] += found?.[part] ?? 0;
      for (const id of found?.strangers ?? []) strangers.add(id);
      told(table.progress());
    },
  });
  const unknownTags = [...unknown].sort(([, a], [, b]) => b - a).map(([name]) => name);
  return { tally, ...counts, strangers: strangers.count, problems, unknownTags };
}
