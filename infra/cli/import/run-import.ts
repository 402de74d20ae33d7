import type { ImportContext, ImportKind, ImportMessage, Mapping, Outcome } from '../../../shared/imports/index.ts';
import { brokenRow, rowOf } from '../../../shared/imports/index.ts';
import type { ErrorFile } from './error-file.ts';
import { SeenTexts } from './seen-texts.ts';
import type { TableFile } from './table-file.ts';
import { type Tally, tallyOutcome } from './tally.ts';

/** So many messages are put before it is noted how far we are. */
const WINDOW = 500;

export interface ImportRun {
  readonly table: TableFile;
  readonly kind: ImportKind;
  readonly headings: readonly string[];
  readonly mapping: Mapping;
  readonly context: Omit<ImportContext, 'seenBefore'>;
  /** Lines up to here were done before: they are read, since later ones may repeat them, and not put again. */
  readonly doneLine: number;
  /** Counts on from here. */
  readonly tally: Tally;
  readonly errors: ErrorFile | undefined;
  /** Takes a window of messages; nothing in a dry run. */
  readonly put: (messages: readonly ImportMessage[]) => Promise<void>;
  /** All lines up to this one are done. */
  readonly onDone: (line: number) => void;
  readonly onProgress: (part: number, rows: number) => void;
}

/** Brings the rows of a file onto the bus, in its order, holding no more than a window of them. */
export async function runImport(run: ImportRun): Promise<void> {
  const { table, kind, headings, mapping, context, doneLine, tally, errors, put, onDone, onProgress } = run;
  const seen = new SeenTexts();
  const reader = kind.read({ ...context, seenBefore: (text) => seen.add(text) });
  /** Cells of lines that are not decided yet, for the file of errors. */
  const undecided = new Map<number, readonly string[]>();
  let waiting: ImportMessage[] = [];
  let last = doneLine;

  const flush = async (): Promise<void> => {
    await put(waiting);
    waiting = [];
    errors?.sync();
    onDone(last);
  };
  const settle = async (outcomes: readonly Outcome[]): Promise<void> => {
    for (const outcome of outcomes) {
      const line = Math.max(...outcome.lines);
      if (line > doneLine) {
        tallyOutcome(tally, outcome);
        if ('problems' in outcome) errors?.write(outcome, (one) => undecided.get(one) ?? []);
        if ('messages' in outcome) waiting.push(...outcome.messages);
        last = Math.max(last, line);
      }
      for (const one of outcome.lines) undecided.delete(one);
    }
    // Never while a line before one that is decided is not: what is noted covers all before it.
    const [undone = Infinity] = undecided.keys();
    if (waiting.length >= WINDOW && undone > last) await flush();
  };

  let first = true;
  let rows = 0;
  for await (const record of table.records()) {
    if ('broken' in record) {
      await settle([{ lines: [record.line], problems: [brokenRow(record.line, record.broken)] }]);
    } else if (first) {
      first = false;
      continue;
    } else {
      undecided.set(record.line, record.cells);
      await settle(reader.take(rowOf(record.line, record.cells, headings, mapping)));
    }
    rows++;
    if (rows % 1000 === 0) onProgress(table.progress(), rows);
  }
  await settle(reader.finish());
  await flush();
  onProgress(1, rows);
}
