import { spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, readSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** A loaded AWS CLI whose commands are forks (aws-cli-forks.py). Ends with this process. */
export interface CliForks {
  /** What the command printed. Rejects with what it complained of. */
  run(args: readonly string[]): Promise<string>;
}

const SCRIPT = fileURLToPath(new URL('./aws-cli-forks.py', import.meta.url));

/**
 * Loads the CLI of a program once, where it is written in Python and its interpreter can be found: then a command takes a
 * fifth of the time. Undefined where it cannot (the installers of AWS bring no Python), or where what was loaded is another
 * version than the program.
 */
export async function forksOf(
  program: string,
  version: string | undefined,
  env: Record<string, string>,
): Promise<CliForks | undefined> {
  for (const python of new Set([interpreterOf(program), 'python3'])) {
    const forks = python && (await load(python, version, env));
    if (forks) return forks;
  }
  return undefined;
}

/** Of the script's first line. */
function interpreterOf(program: string): string | undefined {
  if (!program.startsWith('/')) return undefined;
  const head = Buffer.alloc(200);
  const file = openSync(program, 'r');
  readSync(file, head);
  closeSync(file);
  return /^#!(\S*python[\d.]*)\s/.exec(head.toString('latin1'))?.[1];
}

async function load(
  python: string,
  version: string | undefined,
  env: Record<string, string>,
): Promise<CliForks | undefined> {
  const child = spawn(python, [SCRIPT], { env, stdio: ['pipe', 'pipe', 'ignore'] });
  const lines = createInterface({ input: child.stdout });
  const first = await new Promise<string | undefined>((resolve) => {
    lines.once('line', resolve);
    child.once('error', () => resolve(undefined));
    child.once('exit', () => resolve(undefined));
  });
  if (first === undefined || first !== version) {
    child.kill();
    return undefined;
  }
  const folder = mkdtempSync(join(tmpdir(), 'pergola-aws-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  // It must not keep this process alive; its stdin closes when this process ends.
  child.unref();
  const answers = child.stdout as unknown as { ref(): void; unref(): void };
  (child.stdin as unknown as { unref(): void }).unref();
  answers.unref();
  const waiting = new Map<number, (code: number) => void>();
  lines.on('line', (line) => {
    const [id = 0, code = 255] = line.split(' ').map(Number);
    waiting.get(id)?.(code);
    waiting.delete(id);
    if (waiting.size === 0) answers.unref();
  });
  let ids = 0;
  return {
    async run(args) {
      const id = ++ids;
      const code = await new Promise<number>((resolve) => {
        answers.ref();
        waiting.set(id, resolve);
        child.stdin.write(`${JSON.stringify({ id, args, folder })}\n`);
      });
      const said = (what: string) => readFileSync(join(folder, `${id}.${what}`), 'utf8');
      if (code !== 0) throw new Error(`aws ${args.join(' ')}\n${said('err')}`);
      return said('out');
    },
  };
}
