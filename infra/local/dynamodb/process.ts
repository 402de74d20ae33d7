import { type ChildProcess, spawn } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { StartError } from '../start-error.ts';
import { findDynoxide } from './binary.ts';
import { endOrphan } from './end-orphan.ts';
import { lastCpu } from './last-cpu.ts';
import { syncBehind } from './sync-behind.ts';
import { UNSYNCED } from './unsynced.ts';

/** A running dynoxide. */
export interface DatabaseProcess {
  readonly url: string;
  readonly port: number;
  /** The process id of dynoxide itself, for tests that kill it. */
  pid(): number | undefined;
  stop(): Promise<void>;
}

export interface DatabaseProcessOptions {
  readonly file: string;
  /** Where the process is noted, so that one left behind is found at the next start. */
  readonly pidFile: string;
  /** Called when nobody has the file open, before dynoxide opens it. */
  readonly prepare?: () => void;
  readonly warn?: (line: string) => void;
}

/**
 * A shell keeps an eye on both sides: when our end of its stdin closes, which the kernel does however we die, it kills
 * dynoxide; when dynoxide dies, it ends with its exit code. In a session of its own, so that Ctrl-C reaches only us and
 * the database outlives the last writes.
 *
 * Where there is a choice of cores dynoxide stays on one (`taskset` is part of util-linux; without it, it does not): the
 * kernel would wake it on the core of whoever asks, and asker and asked would wait for each other. A tenth of a replay.
 * And it does not wait for the disk (unsynced.ts): a fifth of a replay, more on a busy disk.
 */
const KEEPER = `exec 3<&0
[ -n "$CPU" ] && command -v taskset >/dev/null && set -- taskset -c "$CPU" "$0" "$@" || set -- "$0" "$@"
[ -n "$UNSYNCED" ] && command -v perl >/dev/null && set -- perl -e "$UNSYNCED" "$@"
"$@" </dev/null 3<&- &
child=$!
echo "dynoxide pid $child"
{ read -r _ <&3; kill -9 $child; } 2>/dev/null &
watch=$!
exec 3<&-
wait $child
code=$?
kill $watch 2>/dev/null
exit $code`;

/** Starts dynoxide on the file, and again whenever it dies. Throws StartError DynoxideMissing or DynoxideFailed. */
export async function startDatabase(options: DatabaseProcessOptions): Promise<DatabaseProcess> {
  const { file, pidFile, warn = () => {} } = options;
  const binary = findDynoxide();
  if (!binary)
    throw new StartError(
      'DynoxideMissing',
      'dynoxide, the local DynamoDB, is missing. On Linux x64 run `npm install --include=optional`; elsewhere put a `dynoxide` 1.2 on the PATH (cargo install dynoxide-rs, or its releases page), or set DYNAMODB_ENDPOINT to any local DynamoDB.',
    );
  await endOrphan(pidFile, file);
  options.prepare?.();
  const port = await freePort();
  let keeper: ChildProcess | undefined;
  let child: number | undefined;
  let stopping = false;
  let deaths = 0;

  async function launch(): Promise<void> {
    const output: string[] = [];
    keeper = spawn('/bin/sh', ['-c', KEEPER, binary as string, 'serve', '--port', String(port), '--db-path', file], {
      detached: true,
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { PATH: process.env['PATH'] ?? '', CPU: lastCpu(), UNSYNCED },
    });
    keeper.stdin?.on('error', () => {});
    const hear = (chunk: Buffer) => {
      const text = chunk.toString();
      output.push(text);
      if (output.length > 20) output.shift();
      const found = /dynoxide pid (\d+)/.exec(text);
      if (found) {
        child = Number(found[1]);
        writeFileSync(pidFile, JSON.stringify({ pid: child, file }));
      }
    };
    keeper.stdout?.on('data', hear);
    keeper.stderr?.on('data', hear);
    const ended = new Promise<never>((_, reject) =>
      keeper?.once('exit', (code) => {
        const said = output
          .join('')
          .replace(/dynoxide pid \d+\n?/, '')
          .trim()
          .split('\n')
          .pop();
        reject(
          new StartError(
            'DynoxideFailed',
            `dynoxide could not open ${file}${said ? `: ${said}` : ` (exit code ${code})`}. Begin anew with --fresh, or choose another folder with --data.`,
          ),
        );
      }),
    );
    ended.catch(() => {});
    await Promise.race([answering(port), ended]);
    const mine = keeper;
    mine.once('exit', () => {
      if (!stopping && mine === keeper) void revive();
    });
    if (mine.exitCode !== null && !stopping) void revive();
  }

  async function revive(): Promise<void> {
    deaths++;
    warn(`dynoxide died; starting it again (${deaths})`);
    await new Promise((resolve) => setTimeout(resolve, Math.min(20 * 2 ** Math.min(deaths, 8), 2000)));
    if (stopping) return;
    try {
      await launch();
    } catch (error) {
      warn(String(error));
      if (!stopping) void revive();
    }
  }

  await launch();
  const endSync = syncBehind(file);
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    pid: () => child,
    async stop() {
      stopping = true;
      endSync();
      const mine = keeper;
      if (mine && mine.exitCode === null && mine.signalCode === null) {
        const gone = new Promise((resolve) => mine.once('exit', resolve));
        if (child !== undefined) kill(child, 'SIGTERM');
        const late = setTimeout(() => mine.stdin?.end(), 2000);
        await gone;
        clearTimeout(late);
      }
      rmSync(pidFile, { force: true });
    },
  };
}

function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It is gone already.
  }
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

async function answering(port: number): Promise<void> {
  const until = Date.now() + 10_000;
  for (;;) {
    try {
      const answer = await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body: '{}' });
      await answer.text();
      return;
    } catch (error) {
      if (Date.now() > until) throw error;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
}
