import { closeSync, existsSync, mkdirSync, openSync, readdirSync, rmSync, statSync, writeSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StartError } from './start-error.ts';

/** The folder that keeps everything of one local stack. */
export interface DataFolder {
  readonly path: string;
  readonly dynamodb: string;
  readonly stack: string;
  readonly stepFunctions: string;
  readonly pid: string;
  release(): void;
}

const FILES = ['dynamodb.db', 'stack.db', 'step-functions.db', 'dynoxide.json'];
const isOurs = (name: string) =>
  name === 'lock.db' ||
  FILES.some((file) => name === file || name.startsWith(`${file}-`)) ||
  name.startsWith('lock.db-');

/**
 * Makes the folder ready and takes it for this process: a second stack on the same folder is refused. The lock is
 * SQLite's own on a file, so it ends with the process however that ends.
 *
 * Throws StartError: DataFolderBroken, DataFolderInUse, DataFolderForeign (--fresh on a folder with other files in it).
 */
export function openDataFolder(directory: string, fresh: boolean): DataFolder {
  const path = resolve(directory);
  try {
    mkdirSync(path, { recursive: true });
    const probe = join(path, '.write-test');
    const file = openSync(probe, 'w');
    writeSync(file, 'x');
    closeSync(file);
    rmSync(probe);
  } catch (error) {
    const why = existsSync(path) && !statSync(path).isDirectory() ? 'it is a file' : reason(error);
    throw new StartError(
      'DataFolderBroken',
      `The data folder ${path} cannot be used: ${why}. Choose another with --data.`,
    );
  }
  const release = lock(path);
  try {
    if (fresh) empty(path);
  } catch (error) {
    release();
    throw error;
  }
  return {
    path,
    dynamodb: join(path, 'dynamodb.db'),
    stack: join(path, 'stack.db'),
    stepFunctions: join(path, 'step-functions.db'),
    pid: join(path, 'dynoxide.json'),
    release,
  };
}

function lock(path: string): () => void {
  const db = new DatabaseSync(join(path, 'lock.db'));
  try {
    db.exec('PRAGMA busy_timeout = 0; PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE');
  } catch (error) {
    db.close();
    const text = reason(error);
    if (/locked|busy/i.test(text))
      throw new StartError(
        'DataFolderInUse',
        `Another Pergola is already running on ${path}. Stop it, or choose another folder with --data.`,
      );
    throw new StartError(
      'DataFolderBroken',
      `The data folder ${path} cannot be used: ${text}. Choose another with --data, or begin anew with --fresh.`,
    );
  }
  return () => db.close();
}

function empty(path: string): void {
  const foreign = readdirSync(path).filter((name) => !isOurs(name) && name !== '.write-test');
  if (foreign.length > 0)
    throw new StartError(
      'DataFolderForeign',
      `--fresh would empty ${path}, but there is something else in it (${foreign[0]}). Choose another folder with --data.`,
    );
  for (const name of readdirSync(path)) if (!name.startsWith('lock.db')) rmSync(join(path, name), { force: true });
}

const reason = (error: unknown) => (error instanceof Error ? error.message : String(error));
