/**
 * The file. WAL with synchronous=NORMAL: a commit survives kill -9 of the process; a power cut may lose the newest ones,
 * never the file's order. Prepared statements are kept by their text.
 */
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { ADD_DELETING, ADD_ENCRYPTION, MOVE_HISTORY, SCHEMA } from './schema.ts';

export type Row = Record<string, string | number | null>;

interface Prepared {
  statement: StatementSync;
  /** The table that it changes, if it does. */
  table: string;
  /** Answers that still hold, by the values asked with: see `recall`. */
  answers: Map<string, Row | undefined> | undefined;
  answeredAt: number;
}

const MOST_ANSWERS = 1_000;

export class Database {
  private readonly db: DatabaseSync;
  private readonly statements = new Map<string, Prepared>();
  private readonly changes = new Map<string, number>();
  private undone = 0;

  constructor(file: string) {
    this.db = new DatabaseSync(file);
    // Larger pages than usual: a step's rows are some hundred bytes, and a group of them fills few pages.
    this.db.exec(
      'PRAGMA page_size = 8192; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 5000; PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 4000; PRAGMA temp_store = MEMORY',
    );
    this.db.exec(SCHEMA);
    if (!this.hasColumn('machines', 'deleting')) this.db.exec(ADD_DELETING);
    if (!this.hasColumn('activities', 'encryption')) this.db.exec(ADD_ENCRYPTION);
    if (this.get("SELECT 1 FROM sqlite_schema WHERE name = 'history'")) this.db.exec(`BEGIN; ${MOVE_HISTORY} COMMIT`);
  }

  private hasColumn(table: string, name: string): boolean {
    return this.get('SELECT 1 FROM pragma_table_info(?) WHERE name = ?', table, name) !== undefined;
  }

  private prepare(sql: string): Prepared {
    let prepared = this.statements.get(sql);
    if (!prepared) {
      const table = /^\s*(?:INSERT (?:OR \w+ )?INTO|UPDATE|DELETE FROM) (\w+)/.exec(sql)?.[1] ?? '';
      prepared = { statement: this.db.prepare(sql), table, answers: undefined, answeredAt: -1 };
      this.statements.set(sql, prepared);
    }
    return prepared;
  }

  get(sql: string, ...values: SQLInputValue[]): Row | undefined {
    return this.prepare(sql).statement.get(...values) as Row | undefined;
  }

  /** As get, from a table that is asked much more often than changed: an answer is kept until `table` changes. */
  recall(table: string, sql: string, ...values: (string | number)[]): Row | undefined {
    const prepared = this.prepare(sql);
    const at = this.changesOf(table);
    if (prepared.answeredAt !== at || !prepared.answers || prepared.answers.size > MOST_ANSWERS) {
      prepared.answers = new Map();
      prepared.answeredAt = at;
    }
    const key = values.length === 1 ? String(values[0]) : JSON.stringify(values);
    let row = prepared.answers.get(key);
    if (row === undefined && !prepared.answers.has(key)) {
      row = prepared.statement.get(...values) as Row | undefined;
      prepared.answers.set(key, row);
    }
    return row;
  }

  all(sql: string, ...values: SQLInputValue[]): Row[] {
    return this.prepare(sql).statement.all(...values) as Row[];
  }

  /** Runs a change; the number of rows changed and the last row's id. */
  run(sql: string, ...values: SQLInputValue[]): { changes: number; id: number } {
    const { statement, table } = this.prepare(sql);
    this.changes.set(table, (this.changes.get(table) ?? 0) + 1);
    const { changes, lastInsertRowid } = statement.run(...values);
    return { changes: Number(changes), id: Number(lastInsertRowid) };
  }

  /** Goes up with every change of a table, also one that is rolled back: what was read at the same number is still so. */
  changesOf(table: string): number {
    return (this.changes.get(table) ?? 0) + this.undone;
  }

  begin(): void {
    this.prepare('BEGIN IMMEDIATE').statement.run();
  }

  commit(): void {
    this.prepare('COMMIT').statement.run();
  }

  rollback(): void {
    this.undone++;
    this.prepare('ROLLBACK').statement.run();
  }

  close(): void {
    this.db.close();
  }
}
