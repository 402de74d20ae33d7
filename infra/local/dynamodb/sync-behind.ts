import { open, stat } from 'node:fs/promises';

const EVERY_MS = 1000;

/**
 * Brings what was written to SQLite's file and its log to the disk, once a second while there is something new: what a
 * loss of power can take is the last second or two, which is more than a laptop needs. Nobody waits for it.
 *
 * @returns ends it
 */
export function syncBehind(file: string): () => void {
  const seen = new Map<string, number>();
  let working = false;

  async function sync(path: string): Promise<void> {
    const { mtimeMs } = await stat(path);
    if (seen.get(path) === mtimeMs) return;
    const handle = await open(path);
    try {
      await handle.datasync();
      seen.set(path, mtimeMs);
    } finally {
      await handle.close();
    }
  }

  const timer = setInterval(() => {
    if (working) return;
    working = true;
    // The log first: until it is safe, the file may hold half of what it says. A file that is gone is none to save.
    sync(`${file}-wal`)
      .then(() => sync(file))
      .catch(() => {})
      .finally(() => {
        working = false;
      });
  }, EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}
