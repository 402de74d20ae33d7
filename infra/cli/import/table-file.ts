/** A record of a table in a file: its cells as texts, or why it cannot be read. */
export type TableRecord =
  | { readonly line: number; readonly cells: readonly string[] }
  | { readonly line: number; readonly broken: string };

/** A file that holds a table, read from the beginning each time; never held as a whole. */
export interface TableFile {
  /** What was found, for people: "CSV, GBK, comma". */
  readonly format: string;
  readonly records: () => AsyncIterable<TableRecord>;
  /** How much of it has been read by the records asked for last, 0 to 1. */
  readonly progress: () => number;
}
