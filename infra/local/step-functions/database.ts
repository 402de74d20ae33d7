/**
 * The file. WAL with synchronous=NORMAL: a commit survives kill -9 of the process; a power cut may lose the newest ones,
 * never the file's order. Prepared statements are kept by their text.
 */
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { SCHEMA } from './schema.ts';

export type Row = Record<string, string | number | null>;

export class Database {
  private readonly db: DatabaseSync;
  private readonly statements = new Map<string, StatementSync>();
  /** Goes up with every change, also one that is rolled back: what was read at the same number is still so. */
  changes = 0;

  constructor(file: string) {
    this.db = new DatabaseSync(file);
    this.db.exec(
      'PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 5000; PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 8000; PRAGMA temp_store = MEMORY',
    );
    this.db.exec(SCHEMA);
  }

  private prepare(sql: string): StatementSync {
    let statement = this.statements.get(sql);
    if (!statement) {
      statement = this.db.prepare(sql);
      this.statements.set(sql, statement);
    }
    return statement;
  }

  get(sql: string, ...values: SQLInputValue[]): Row | undefined {
    return this.prepare(sql).get(...values) as Row | undefined;
  }

  all(sql: string, ...values: SQLInputValue[]): Row[] {
    return this.prepare(sql).all(...values) as Row[];
  }

  /** Runs a change; the number of rows changed and the last row's id. */
  run(sql: string, ...values: SQLInputValue[]): { changes: number; id: number } {
    this.changes++;
    const { changes, lastInsertRowid } = this.prepare(sql).run(...values);
    return { changes: Number(changes), id: Number(lastInsertRowid) };
  }

  begin(): void {
    this.prepare('BEGIN IMMEDIATE').run();
  }

  commit(): void {
    this.prepare('COMMIT').run();
  }

  rollback(): void {
    this.changes++;
    this.prepare('ROLLBACK').run();
  }

  close(): void {
    this.db.close();
  }
}
