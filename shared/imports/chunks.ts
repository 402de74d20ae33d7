import type { TableRecord } from '../tables/index.ts';
import { readerOf } from './accepted.ts';
import type { ImportContext, ImportKind, Outcome } from './import-kind.ts';
import { type Mapping, rowOf } from './mapping.ts';
import { brokenRow } from './problems.ts';
import { SeenTexts } from './seen-texts.ts';

/** How a file is read; the same plan gives the same outcomes of the same file, wherever it is read. */
export interface ImportPlan {
  readonly kind: ImportKind;
  /** A heading that is an empty text stands over a column that is left out. */
  readonly headings: readonly string[];
  readonly mapping: Mapping;
  readonly context: Omit<ImportContext, 'seenBefore'>;
}

/** Consecutive lines of a file that need no other to be understood, but for what they repeat. */
export interface Chunk {
  /** Lines, both included; a chunk begins where the one before it ended. */
  readonly from: number;
  readonly to: number;
  readonly outcomes: readonly Outcome[];
  /** Of its lines, as they stand in the file. */
  readonly cellsOf: (line: number) => readonly string[];
}

export interface Chunking {
  /** So many lines at least, but for the last one. */
  readonly lines: number;
  /** Lines done before: they are read, since later ones may repeat them, and are in no chunk. */
  readonly isDone: (line: number) => boolean;
}

/** A chunk with so many characters is large enough, however few its lines: it travels as one request. */
const CHARACTERS = 600_000;

/** Reads the rows of a file in its order, holding no more than a chunk of them. */
export async function* chunksOf(
  records: AsyncIterable<TableRecord>,
  { kind, headings, mapping, context }: ImportPlan,
  { lines, isDone }: Chunking,
): AsyncGenerator<Chunk> {
  const seen = new SeenTexts();
  const reader = readerOf(kind, { ...context, seenBefore: (text) => seen.add(text) });
  /** Lines that are not decided yet. */
  const undecided = new Set<number>();
  let cells = new Map<number, readonly string[]>();
  let outcomes: Outcome[] = [];
  let size = 0;
  let characters = 0;
  let from = 1;
  let last = 0;

  const cut = (): Chunk => {
    const mine = cells;
    const chunk: Chunk = { from, to: last, outcomes, cellsOf: (line) => mine.get(line) ?? [] };
    cells = new Map([...undecided].map((line) => [line, mine.get(line)!]));
    outcomes = [];
    size = 0;
    characters = 0;
    from = last + 1;
    return chunk;
  };
  const settle = function* (decided: readonly Outcome[]): Generator<Chunk> {
    for (const outcome of decided) {
      const to = Math.max(...outcome.lines);
      for (const line of outcome.lines) undecided.delete(line);
      if (to > 0 && isDone(to)) {
        if (outcomes.length > 0) yield cut();
        last = Math.max(last, to);
        from = last + 1;
        continue;
      }
      outcomes.push(outcome);
      size += outcome.lines.length;
      last = Math.max(last, to);
    }
    // Never while a line before one that is decided is not: a chunk covers all lines up to its last.
    const [open = Infinity] = undecided;
    if ((size >= lines || characters >= CHARACTERS) && open > last) yield cut();
  };

  let first = true;
  for await (const record of records) {
    if ('broken' in record) {
      yield* settle([{ lines: [record.line], problems: [brokenRow(record.line, record.broken)] }]);
    } else if (first) {
      first = false;
      last = record.line;
    } else {
      undecided.add(record.line);
      cells.set(record.line, record.cells);
      for (const cell of record.cells) characters += cell.length;
      yield* settle(reader.take(rowOf(record.line, record.cells, headings, mapping)));
    }
  }
  yield* settle(reader.finish());
  if (outcomes.length > 0) yield cut();
}
