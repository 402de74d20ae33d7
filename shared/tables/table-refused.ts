import type { Words } from '../words.ts';

/** A file that cannot be read as a table: what is wrong with it, and what to do. */
export class TableRefused extends Error {
  override readonly name = 'TableRefused';
  /** Stable. */
  readonly code: string;
  readonly words: Words;
  readonly next: Words;
  constructor(code: string, [zh, en]: readonly [string, string], next: Words, options?: ErrorOptions) {
    super(en, options);
    this.code = code;
    this.words = { zh, en };
    this.next = next;
  }
}
