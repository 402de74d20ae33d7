import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Stack, type StackOptions, startStack } from '../stack.ts';
import { type Call, journal } from './functions/journal.ts';
import { STAND_IN_ROOT, STAND_INS } from './functions.ts';

export interface TestStack extends Stack {
  /** Calls of one stand-in function (or of all) since the start. */
  calls(fn?: string): Call[];
  /** GET or POST under /_local at the console port. */
  local<T>(path: string, body?: unknown): Promise<T>;
  /** What was said to people. */
  readonly lines: string[];
  /** Stops it and takes the folder away. */
  end(): Promise<void>;
}

/** Starts a stack with the stand-in functions on free ports, in a folder of its own (or the given one). */
export async function startTestStack(options: Partial<StackOptions> = {}): Promise<TestStack> {
  const folder = options.data ?? mkdtempSync(join(tmpdir(), 'pergola-local-'));
  journal().length = 0;
  const lines: string[] = [];
  const stack = await startStack({
    port: 0,
    consolePort: 0,
    functions: STAND_INS,
    root: STAND_IN_ROOT,
    console: false,
    pack: false,
    quiet: true,
    log: (line) => lines.push(line),
    region: 'us-east-1',
    ...options,
    data: folder,
  });
  return {
    ...stack,
    lines,
    calls: (fn) => journal().filter((call) => fn === undefined || call.fn === fn),
    async local<T>(path: string, body?: unknown) {
      const response = await fetch(`${stack.urls.console}/_local/${path}`, {
        ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
      });
      return (await response.json()) as T;
    },
    async end() {
      await stack.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Settings for SDK clients of the stack. */
export const sdk = (stack: Stack) => ({
  endpoint: stack.urls.endpoint,
  region: 'us-east-1',
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
});

/** The error that a call ends with, or undefined when it succeeds. */
export const rejected = (work: Promise<unknown>): Promise<Error | undefined> =>
  work.then(
    () => undefined,
    (error: Error) => error,
  );
