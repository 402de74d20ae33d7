import type { Words } from '../words.ts';

/** A record of a table in a file: its cells as texts, or why it cannot be read. */
export type TableRecord =
  | { readonly line: number; readonly cells: readonly string[] }
  | { readonly line: number; readonly broken: string };

/** A file that holds a table, read from the beginning each time; never held as a whole. */
export interface TableFile {
  /** What was found: "CSV, GBK, comma". */
  readonly format: Words;
  /** Of a workbook: the names of all its sheets. */
  readonly sheets: readonly string[];
  readonly records: () => AsyncIterable<TableRecord>;
  /** How much of it has been read by the records asked for last, 0 to 1. */
  readonly progress: () => number;
}

/** A file, on a disk or chosen in a browser. */
export interface TableSource {
  readonly name: string;
  readonly file: Blob;
  /** A parser of `csv-parse`, in its build for Node or for browsers. */
  readonly csvParser: (options: object) => CsvParser;
}

/** What is used of `csv-parse`'s stream. */
export interface CsvParser {
  // biome-ignore lint/suspicious/noExplicitAny: each event has its own argument
  on(event: 'readable' | 'end' | 'error' | 'skip' | 'drain', listener: (argument: any) => void): unknown;
  write(text: string): boolean;
  end(): unknown;
  read(): unknown;
}
