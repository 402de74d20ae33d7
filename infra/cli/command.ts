import type { ParseArgsOptionsConfig } from 'node:util';
import type { Words } from '../../shared/words.ts';
import { sayBoth } from './say.ts';

/** One command of the `pergola` command line: a file beside this one, and a line in commands.ts. */
export interface Command {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** How it is called, a line each, without the `npm run pergola -- ` in front. */
  readonly usage: readonly string[];
  /** Options besides --port, --console-port and --help, as node:util's parseArgs wants them. */
  readonly options?: ParseArgsOptionsConfig;
  /** Does it; resolves to the exit code. Throws CommandError for what the person at the keyboard can mend. */
  run(input: CommandInput): Promise<number>;
}

export interface CommandInput {
  readonly positionals: readonly string[];
  readonly values: Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>;
  readonly port: number;
  readonly consolePort: number;
}

/** Said as one line (in both languages), without a stack trace: what is wrong and what to do; exit code 1. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  /** The code that the stack gave, where it was the stack that refused. */
  readonly code: string | undefined;
  constructor(message: string | Words, code?: string, options?: ErrorOptions) {
    super(typeof message === 'string' ? message : sayBoth(message), options);
    this.code = code;
  }
}

export const DEFAULT_PORT = 4566;
export const DEFAULT_CONSOLE_PORT = 4000;
