import { readdirSync, readFileSync } from 'node:fs';

/** Resident megabytes of a process now, and the most it ever had; undefined when it is gone. Linux only. */
export function memoryOf(pid: number): { readonly now: number; readonly most: number } | undefined {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const megabytes = (field: string) => Math.round(Number(new RegExp(`${field}:\\s+(\\d+)`).exec(status)?.[1]) / 1024);
    return { now: megabytes('VmRSS'), most: megabytes('VmHWM') };
  } catch {
    return undefined;
  }
}

/** The dynoxide that serves this file. */
export function dynoxideOf(file: string): number | undefined {
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const [program = '', ...args] = readFileSync(`/proc/${name}/cmdline`, 'utf8').split('\0');
      if (program.endsWith('dynoxide') && args.includes(file)) return Number(name);
    } catch {
      // It has ended meanwhile.
    }
  }
  return undefined;
}
