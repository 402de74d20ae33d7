import { closeSync, existsSync, fsyncSync, ftruncateSync, openSync, rmSync, writeSync } from 'node:fs';
import { BOM, csvLine } from '../../../shared/csv/index.ts';
import { ERROR_HEADINGS, type Outcome, type RowProblem } from '../../../shared/imports/index.ts';

/**
 * The rows that were refused, each with its line, what is wrong and what to do, and as it was: mended, it can be imported
 * by itself. The other lines of a wrong order are in it, too. Made when there is something to write.
 */
export class ErrorFile {
  readonly path: string;
  readonly #headings: readonly string[];
  readonly #columnOf: (field: string) => string | undefined;
  #file: number | undefined;
  #bytes: number;

  /** @param keep how many bytes of one that is there are good (from a checkpoint); 0 begins anew */
  constructor(
    path: string,
    headings: readonly string[],
    columnOf: (field: string) => string | undefined,
    keep: number,
  ) {
    this.path = path;
    this.#headings = headings;
    this.#columnOf = columnOf;
    this.#bytes = keep;
    if (keep === 0) rmSync(path, { force: true });
    else if (existsSync(path)) {
      this.#file = openSync(path, 'r+');
      ftruncateSync(this.#file, keep);
    } else this.#bytes = 0;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** @param cellsOf the cells of a line, as they stood in the file */
  write(outcome: Extract<Outcome, { problems: unknown }>, cellsOf: (line: number) => readonly string[]): void {
    for (const line of outcome.lines) {
      const own = outcome.problems.filter((problem) => problem.line === line);
      const all: readonly (RowProblem | undefined)[] = own.length === 0 ? [undefined] : own;
      for (const problem of all.slice(0, 1))
        this.#append(csvLine([...this.#about(line, problem, own), ...cellsOf(line)]));
    }
  }

  #about(line: number, problem: RowProblem | undefined, own: readonly RowProblem[]): string[] {
    if (problem === undefined) {
      return [
        String(line),
        '',
        'order-of-wrong-line',
        '同一订单的另一行有错。',
        '改好那一行后一起导入。',
        'Another line of this order is wrong.',
        'Mend that one and import both.',
      ];
    }
    const joined = (say: (one: RowProblem) => string) => own.map(say).join(' ');
    const columns = own.map(({ field }) => (field === undefined ? '' : (this.#columnOf(field) ?? field)));
    return [
      String(line),
      columns.filter(Boolean).join(' '),
      own.map(({ code }) => code).join(' '),
      joined(({ message }) => message.zh),
      joined(({ next }) => next.zh),
      joined(({ message }) => message.en),
      joined(({ next }) => next.en),
    ];
  }

  #append(text: string): void {
    if (this.#file === undefined) {
      this.#file = openSync(this.path, 'w+');
      this.#put(BOM + csvLine([...ERROR_HEADINGS, ...this.#headings]));
    }
    this.#put(text);
  }

  #put(text: string): void {
    this.#bytes += writeSync(this.#file!, text, this.#bytes);
  }

  /** What is written is on disk. */
  sync(): void {
    if (this.#file !== undefined) fsyncSync(this.#file);
  }

  close(): void {
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
  }
}
