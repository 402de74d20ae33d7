import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

/** A killed process is gone when the kernel comes to it, which on a busy machine is not at once (ms). */
const PATIENCE = 5000;

/**
 * Ends a dynoxide that an earlier stack on this folder left behind: on a busy machine its keeper may not have come to it
 * yet. Resolves when it is gone, and with it its locks on the file.
 *
 * @param pidFile where the process was noted
 */
export async function endOrphan(pidFile: string, file: string): Promise<void> {
  const pid = noted(pidFile);
  if (pid === undefined) return;
  for (const began = Date.now(); isDynoxideOn(pid, file) && Date.now() - began < PATIENCE; await pause(10)) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      return;
    }
  }
}

function noted(pidFile: string): number | undefined {
  if (!existsSync(pidFile)) return undefined;
  try {
    return (JSON.parse(readFileSync(pidFile, 'utf8')) as { pid?: number }).pid;
  } catch {
    // Cut off while it was written: the process had just been started.
    return undefined;
  }
}

function isDynoxideOn(pid: number, file: string): boolean {
  try {
    const command = execFileSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' });
    return command.includes('dynoxide') && command.includes(file);
  } catch {
    // No such process: nothing was left behind.
    return false;
  }
}
