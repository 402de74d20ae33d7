import type { Words } from '../words.ts';
import type { ImportRequest } from './import-request.ts';
import type { Tally } from './tally.ts';

export type ImportStatus = 'running' | 'paused' | 'done';

/** The file, by which it is known again when the import goes on another day. */
export interface ImportedFile {
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  /** Of its first and last pieces. */
  readonly fingerprint: string;
  /** What was found: "CSV, GBK, comma". */
  readonly format: Words;
  readonly sheet?: string | undefined;
  /** How many rows it has, where it has been read to its end before. */
  readonly rows?: number | undefined;
}

/** Lines of the file that are done, both included. */
export interface LineRange {
  readonly from: number;
  readonly to: number;
}

/** An import by the Console: begun, perhaps interrupted, done. */
export interface ImportJob {
  readonly id: string;
  readonly file: ImportedFile;
  readonly request: ImportRequest;
  readonly status: ImportStatus;
  readonly author: string;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  readonly updatedAt: string;
  /** Of what is done. */
  readonly tally: Tally;
}

/** What rows would do, compared with what is there. Rows of one order count as one. */
export interface Compared {
  /** Bring something that is not there yet. */
  readonly fresh: number;
  /** Change what is known of a customer. */
  readonly changed: number;
  /** Are there already: importing them changes nothing. */
  readonly same: number;
  /** Customers whom nobody knows yet, each once. */
  readonly strangers: readonly string[];
}
