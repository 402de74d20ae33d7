import { closeSync, existsSync, fsyncSync, ftruncateSync, openSync, rmSync, writeSync } from 'node:fs';
import { BOM } from '../../../shared/csv/index.ts';
import { errorHeading, errorLines, type RefusedRows } from '../../../shared/imports/index.ts';

/** The file of the rows that were refused. Made when there is something to write. */
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

  write(refused: RefusedRows): void {
    if (this.#file === undefined) {
      this.#file = openSync(this.path, 'w+');
      this.#put(BOM + errorHeading(this.#headings));
    }
    this.#put(errorLines(refused, this.#columnOf).join(''));
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
