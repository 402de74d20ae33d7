import { spawn } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** How the built Console stands. */
export type ConsoleState = 'built' | 'building' | 'failed' | 'absent';

export interface ConsoleBuild {
  state(): ConsoleState;
  /** What went wrong, when it failed. */
  problem(): string | undefined;
  /** Resolves when building has ended, one way or the other. */
  readonly done: Promise<void>;
  stop(): void;
}

/** For a stack without a Console. */
export const noConsole: ConsoleBuild = {
  state: () => 'absent',
  problem: () => undefined,
  done: Promise.resolve(),
  stop: () => {},
};

/** Builds the Console in the background when it was never built, or when a source is newer than what was built. */
export function buildConsole(root: string, log: (line: string) => void): ConsoleBuild {
  const built = join(root, 'dist', 'console', 'index.html');
  const config = join(root, 'journey-ui', 'vite.config.ts');
  const settled = (state: ConsoleState): ConsoleBuild => ({
    state: () => state,
    problem: () => undefined,
    done: Promise.resolve(),
    stop: () => {},
  });
  const madeAt = existsSync(built) ? statSync(built).mtimeMs : 0;
  if (!existsSync(config)) return settled(madeAt > 0 ? 'built' : 'absent');
  const sources = ['journey-ui', 'shared'].map((folder) => newest(join(root, folder)));
  if (madeAt > Math.max(...sources)) return settled('built');

  log(
    madeAt > 0 ? 'The Console has changed and is being built again…' : 'The Console is being built for the first time…',
  );
  let state: ConsoleState = 'building';
  let problem: string | undefined;
  const vite = join(dirname(createRequire(join(root, 'package.json')).resolve('vite/package.json')), 'bin', 'vite.js');
  const child = spawn(process.execPath, [vite, 'build', '--config', config, '--logLevel', 'error'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_ENV: 'production' },
  });
  const output: string[] = [];
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => output.push(chunk.toString()));
  const done = new Promise<void>((resolve) => {
    child.on('error', (error) => output.push(String(error)));
    child.on('close', (code) => {
      state = code === 0 && existsSync(built) ? 'built' : 'failed';
      if (state === 'failed') {
        problem = output.join('').trim() || `vite ended with code ${code}`;
        log(`The Console could not be built:\n${problem}`);
      }
      resolve();
    });
  });
  return { state: () => state, problem: () => problem, done, stop: () => void child.kill() };
}

/** The time of the latest change below a folder. */
function newest(folder: string): number {
  if (!existsSync(folder)) return 0;
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .reduce((latest, entry) => Math.max(latest, statSync(join(entry.parentPath, entry.name)).mtimeMs), 0);
}
