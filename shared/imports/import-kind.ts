import type { Words } from '../words.ts';

/** A line of a file that names its columns, by the fields they were mapped to. */
export interface Row {
  /** Of the file, counted from 1, the heading included; where the record begins. */
  readonly line: number;
  /** By field; only what is mapped and not empty. */
  readonly cells: Readonly<Record<string, string>>;
  /** By heading; what is mapped to no field, and not empty. */
  readonly extra: Readonly<Record<string, string>>;
}

/** What is wrong in a row: said to whoever brought the file, and written into the file of errors. */
export interface RowProblem {
  readonly line: number;
  /** Stable. */
  readonly code: string;
  /** The field, where it is one cell's. */
  readonly field?: string;
  readonly message: Words;
  readonly next: Words;
}

/** A message of the Segment spec, and the tags that the row gives by hand. */
export interface ImportMessage {
  readonly message: Readonly<Record<string, unknown>> & {
    readonly messageId: string;
    readonly type: string;
    readonly event?: string;
    readonly timestamp: string;
  };
  readonly tags?: readonly string[];
}

/** What has become of one row, or of several that belong together (the lines of an order). */
export type Outcome =
  | { readonly lines: readonly number[]; readonly messages: readonly ImportMessage[] }
  /** The same was there before: nothing to do. */
  | { readonly lines: readonly number[]; readonly repeated: true }
  | { readonly lines: readonly number[]; readonly problems: readonly RowProblem[] };

/** What a file's rows are read with. */
export interface ImportContext {
  /** IANA zone of times that are written without one. */
  readonly zone: string;
  /** ISO 8601, UTC: what is said of customers was true then; nothing in the file can be later. */
  readonly asOf: string;
  /** Puts news on the bus, which may start journeys; without it the past, which starts none. */
  readonly startJourneys: boolean;
  /** The key of a tag by what the file calls it; undefined when there is none that people may set. */
  readonly tagKey: (name: string) => string | undefined;
  /** True when it was asked with this text before: how one file finds what it says twice. */
  readonly seenBefore: (text: string) => boolean;
}

export interface FieldSpec {
  readonly id: string;
  readonly name: Words;
  readonly help?: Words;
  /** Headings that are taken for this field, in lower case and without spaces; the first field that knows one wins. */
  readonly headings: readonly string[];
}

/** Takes rows in their order. Rows that belong together must be adjacent, so that none has to be remembered. */
export interface RowReader {
  take(row: Row): readonly Outcome[];
  /** After the last row. */
  finish(): readonly Outcome[];
}

/** A kind of file: a file in `kinds/` and a line in `index.ts`. */
export interface ImportKind {
  readonly id: string;
  readonly name: Words;
  /** What a row is, and what becomes of it. */
  readonly help: Words;
  /** What a column that is no field becomes. */
  readonly own: Words;
  readonly fields: readonly FieldSpec[];
  /** Fields of which at least one of each list must be mapped. */
  readonly needs: readonly (readonly string[])[];
  readonly read: (context: ImportContext) => RowReader;
}
