import {
  chunksOf,
  type ImportMessage,
  type ImportPlan,
  type Tally,
  tallyOutcome,
} from '../../../shared/imports/index.ts';
import type { TableFile } from '../../../shared/tables/index.ts';
import type { ErrorFile } from './error-file.ts';

/** So many rows are put before it is noted how far we are. */
const WINDOW = 1000;

export interface ImportRun {
  readonly table: TableFile;
  readonly plan: ImportPlan;
  /** Lines up to here were done before. */
  readonly doneLine: number;
  /** Counts on from here. */
  readonly tally: Tally;
  readonly errors: ErrorFile | undefined;
  /** Takes the messages of a window of rows; nothing in a dry run. */
  readonly put: (messages: readonly ImportMessage[]) => Promise<void>;
  /** All lines up to this one are done. */
  readonly onDone: (line: number) => void;
  readonly onProgress: (part: number, rows: number) => void;
}

/** Brings the rows of a file onto the bus, in its order, holding no more than a window of them. */
export async function runImport(run: ImportRun): Promise<void> {
  const { table, plan, doneLine, tally, errors, put, onDone, onProgress } = run;
  const chunking = { lines: WINDOW, isDone: (line: number) => line <= doneLine };
  for await (const { to, outcomes, cellsOf } of chunksOf(table.records(), plan, chunking)) {
    const messages: ImportMessage[] = [];
    for (const outcome of outcomes) {
      tallyOutcome(tally, outcome);
      if ('messages' in outcome) messages.push(...outcome.messages);
      if ('problems' in outcome) {
        const rows = outcome.lines.map((line) => ({ line, cells: cellsOf(line) }));
        errors?.write({ rows, problems: outcome.problems });
      }
    }
    await put(messages);
    errors?.sync();
    onDone(to);
    onProgress(table.progress(), tally.rows);
  }
  onProgress(1, tally.rows);
}
