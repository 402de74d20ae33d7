import { readFileSync } from 'node:fs';

/** The number of the last core that this process may run on; empty where there is only one, or where it is not said. */
export function lastCpu(): string {
  try {
    const allowed = /^Cpus_allowed_list:\s*(\S+)$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '';
    const last = /(\d+)$/.exec(allowed)?.[1] ?? '';
    return /[-,]/.test(allowed) ? last : '';
  } catch {
    return '';
  }
}
