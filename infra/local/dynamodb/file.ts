import { DatabaseSync } from 'node:sqlite';

/**
 * What the stack does with dynoxide's own SQLite file, beside its API.
 *
 * - It adds an index. Dynoxide 1.2.1 finds a stream record's next number by reading all records of the table, and it
 *   never trims them, so that a write takes 1 ms in an empty table and 14 ms after 27,000 writes. With the index it
 *   stays at 1 ms.
 * - It reads the stream records, those of all tables at once: 0.1 ms where GetRecords takes 2 for each table, several
 *   times for each event that comes in; and a look at the newest one's number says whether there is anything to read, so
 *   that an idle stack is idle.
 */
export interface DatabaseFile {
  /** Of all stream records the newest one's number, 0 before the first. */
  newest(): number;
  /** Stream records of all tables behind a number of that kind, in order. */
  news(after: number, max: number): NewsRecord[];
  /** Stream records of a table behind a sequence number, in order. */
  records(table: string, after: number, max: number): StoredRecord[];
  close(): void;
}

/** A stream record as dynoxide keeps it; keys and images are texts of DynamoDB JSON. */
export interface StoredRecord {
  readonly event: string;
  readonly keys: string;
  readonly after: string | null;
  readonly before: string | null;
  readonly sequence: string;
  readonly identity: string | null;
}

export interface NewsRecord extends StoredRecord {
  readonly id: number;
  readonly table: string;
}

const RECORD = `event_name AS event, keys_json AS keys, new_image AS after, old_image AS before,
  sequence_number AS sequence, user_identity AS identity`;

/** Undefined when the file is not as expected: then streams are polled all the time, which is right but slower. */
export function watchDatabaseFile(file: string, warn: (line: string) => void): DatabaseFile | undefined {
  try {
    const writer = new DatabaseSync(file);
    writer.exec('PRAGMA busy_timeout = 5000');
    writer.exec(
      'CREATE INDEX IF NOT EXISTS pergola_stream_order ON _stream_records (table_name, CAST(sequence_number AS INTEGER))',
    );
    writer.close();
    const reader = new DatabaseSync(file, { readOnly: true });
    const newest = reader.prepare('SELECT MAX(id) AS newest FROM _stream_records');
    const news = reader.prepare(
      `SELECT id, table_name AS "table", ${RECORD} FROM _stream_records WHERE id > ? ORDER BY id LIMIT ?`,
    );
    const records = reader.prepare(
      `SELECT ${RECORD} FROM _stream_records WHERE table_name = ? AND CAST(sequence_number AS INTEGER) > ?
       ORDER BY CAST(sequence_number AS INTEGER) LIMIT ?`,
    );
    return {
      newest: () => Number(newest.get()?.['newest'] ?? 0),
      news: (after, max) => news.all(after, max) as unknown as NewsRecord[],
      records: (table, after, max) => records.all(table, after, max) as unknown as StoredRecord[],
      close: () => reader.close(),
    };
  } catch (error) {
    warn(`the file of dynoxide is not as known (${String(error)}); its streams are polled instead of watched`);
    return undefined;
  }
}
