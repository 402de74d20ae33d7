import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { StartError } from './start-error.ts';

/**
 * One SQLite file of the stack. WAL with synchronous NORMAL: what was committed survives kill -9 of the process (not the
 * loss of power in the same second, which is more than a laptop needs).
 */
export interface Store {
  readonly db: DatabaseSync;
  prepare(sql: string): StatementSync;
  /** Runs `work` in one transaction; nested calls join the outer one. */
  transaction<T>(work: () => T): T;
  close(): void;
}

/** Opens (or makes) the file. Throws what SQLite throws when the file is no database or cannot be written. */
export function openStore(file: string): Store {
  const db = new DatabaseSync(file);
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 2000;');
  let depth = 0;
  return {
    db,
    prepare: (sql) => db.prepare(sql),
    transaction(work) {
      if (depth > 0) return work();
      depth++;
      db.exec('BEGIN IMMEDIATE');
      try {
        const result = work();
        db.exec('COMMIT');
        return result;
      } catch (error) {
        db.exec('ROLLBACK');
        throw error;
      } finally {
        depth--;
      }
    },
    close: () => db.close(),
  };
}

/** Opens a file of the data folder; what is wrong with it becomes one sentence. Throws StartError DataFolderBroken. */
export function openFile<T>(file: string, open: (file: string) => T): T {
  try {
    return open(file);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const next = 'Begin anew with --fresh, or choose another folder with --data.';
    throw new StartError('DataFolderBroken', `${file} cannot be opened: ${why}. ${next}`, { cause: error });
  }
}

/** Small named JSON values kept in a store. */
export interface Memory {
  get<T>(key: string): T | undefined;
  set(key: string, value: unknown): void;
}

export function openMemory(store: Store): Memory {
  store.db.exec('CREATE TABLE IF NOT EXISTS memory (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT');
  const read = store.prepare('SELECT value FROM memory WHERE key = ?');
  const write = store.prepare(
    'INSERT INTO memory VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  );
  return {
    get<T>(key: string) {
      const row = read.get(key);
      return row === undefined ? undefined : (JSON.parse(String(row['value'])) as T);
    },
    set: (key, value) => void write.run(key, JSON.stringify(value)),
  };
}
