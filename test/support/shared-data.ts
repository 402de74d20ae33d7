import { existsSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Where material lies that the project uses in its tests but does not own: beside the repository, in ../shared. A
 * user's clone does not have it; tests that need it skip, and say so.
 *
 * @returns the absolute path, or undefined (after one line on the console) where it is absent
 */
export function sharedFile(...path: string[]): string | undefined {
  const file = join(import.meta.dirname, '..', '..', '..', 'shared', ...path);
  if (existsSync(file)) return file;
  console.log(`Skipped: ${path.join('/')} is not there (it is not part of the project).`);
  return undefined;
}
