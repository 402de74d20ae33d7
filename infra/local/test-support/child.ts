import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { freePort } from '../dynamodb/process.ts';

const RUN = fileURLToPath(new URL('./run.ts', import.meta.url));

/** A stack in a process of its own. */
export interface ChildStack {
  readonly endpoint: string;
  readonly console: string;
  readonly dynoxide: number;
  readonly process: ChildProcess;
  /** kill -9. */
  kill(): Promise<void>;
}

export async function ports(): Promise<{ port: number; consolePort: number }> {
  return { port: await freePort(), consolePort: await freePort() };
}

/** Starts one and waits until it runs. */
export async function startChild(data: string, at: { port: number; consolePort: number }): Promise<ChildStack> {
  const child = spawn(process.execPath, [RUN, data, String(at.port), String(at.consolePort)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said: string[] = [];
  child.stderr.on('data', (chunk: Buffer) => said.push(chunk.toString()));
  const dynoxide = await new Promise<number>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      said.push(line);
      const started = /^started (\d+)/.exec(line);
      if (started) resolve(Number(started[1]));
    });
    child.once('exit', () => reject(new Error(`the stack did not start:\n${said.join('\n')}`)));
  });
  return {
    endpoint: `http://127.0.0.1:${at.port}`,
    console: `http://127.0.0.1:${at.consolePort}`,
    dynoxide,
    process: child,
    async kill() {
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
  };
}

/** True while there is such a process (one that is dead and not yet collected does not count). */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
