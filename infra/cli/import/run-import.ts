import { type Chunk, chunksOf, type ImportPlan, type Tally, tallyOutcome } from '../../../shared/imports/index.ts';
import type { TableFile } from '../../../shared/tables/index.ts';
import type { ErrorFile } from './error-file.ts';

/** So many rows are put before it is noted how far we are. */
const WINDOW = 500;

export interface ImportRun {
  readonly table: TableFile;
  readonly plan: ImportPlan;
  /** Lines up to here were done before. */
  readonly doneLine: number;
  /** Counts on from here. */
  readonly tally: Tally;
  readonly errors: ErrorFile | undefined;
  /** Takes a window of rows. */
  readonly take: (chunk: Chunk) => Promise<void>;
  /** All lines up to this one are done. */
  readonly onDone: (line: number) => void;
  readonly onProgress: (part: number, rows: number) => void;
}

/** Brings the rows of a file onto the bus, in its order, holding no more than a window of them. */
export async function runImport(run: ImportRun): Promise<void> {
  const { table, plan, doneLine, tally, errors, take, onDone, onProgress } = run;
  const chunking = { lines: WINDOW, isDone: (line: number) => line <= doneLine };
  for await (const chunk of chunksOf(table.records(), plan, chunking)) {
    for (const outcome of chunk.outcomes) {
      tallyOutcome(tally, outcome);
      if ('problems' in outcome) {
        const rows = outcome.lines.map((line) => ({ line, cells: chunk.cellsOf(line) }));
        errors?.write({ rows, problems: outcome.problems });
      }
    }
    await take(chunk);
    errors?.sync();
    onDone(chunk.to);
    onProgress(table.progress(), tally.rows);
  }
  onProgress(1, tally.rows);
}
