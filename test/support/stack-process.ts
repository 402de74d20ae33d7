import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..', '..');
const PERGOLA = join(ROOT, 'bin', 'pergola.mjs');

/** The whole product as a user runs it: `pergola start` in a process of its own, on free ports. */
export interface StackProcess {
  readonly port: number;
  readonly consolePort: number;
  /** The first line that says it runs has been printed. */
  start(): Promise<void>;
  /** kill -9, with no chance to tidy up. */
  kill(): Promise<void>;
  /** Ctrl-C. */
  stop(): Promise<void>;
  /** The process while it runs. */
  pid(): number | undefined;
  /** Begins `pergola …` against it. */
  begin(...args: string[]): ChildProcess;
  /** Runs `pergola …` against it. */
  pergola(...args: string[]): Promise<CommandResult>;
}

export interface CommandResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** @param environment variables besides those of this process */
export async function stackProcess(data: string, environment: Record<string, string> = {}): Promise<StackProcess> {
  const [port, consolePort] = [await freePort(), await freePort()];
  const where = ['--port', String(port), '--console-port', String(consolePort)];
  let child: ChildProcess | undefined;
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    const running = child;
    child = undefined;
    if (running === undefined || running.exitCode !== null) return;
    const gone = once(running, 'exit');
    running.kill(signal);
    await gone;
  };
  return {
    port,
    consolePort,
    async start() {
      const process_ = spawn(process.execPath, [PERGOLA, 'start', '--data', data, '--language', 'zh', ...where], {
        cwd: ROOT,
        env: { ...process.env, ...environment },
      });
      child = process_;
      let said = '';
      await new Promise<void>((resolve, reject) => {
        const hear = (chunk: Buffer): void => {
          said += chunk.toString();
          if (said.includes('is running')) resolve();
        };
        process_.stdout.on('data', hear);
        process_.stderr.on('data', hear);
        process_.once('exit', (code) => reject(new Error(`pergola start ended with ${code}:\n${said}`)));
      });
    },
    pid: () => child?.pid,
    kill: () => end('SIGKILL'),
    stop: () => end('SIGINT'),
    begin: (...args) => spawn(process.execPath, [PERGOLA, ...args, ...where], { cwd: ROOT, stdio: 'ignore' }),
    pergola: (...args) => run([PERGOLA, ...args, ...where]),
  };
}

async function run(args: readonly string[]): Promise<CommandResult> {
  const child = spawn(process.execPath, args, { cwd: ROOT });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const [code] = (await once(child, 'close')) as [number];
  return { code, stdout, stderr };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}
