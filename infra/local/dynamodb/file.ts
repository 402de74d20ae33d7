import { DatabaseSync } from 'node:sqlite';

/**
 * What the stack does with dynoxide's own SQLite file, beside its API.
 *
 * - It adds an index. Dynoxide 1.2.1 finds a stream record's next number by reading all records of the table, and it
 *   never trims them, so that a write takes 1 ms in an empty table and 14 ms after 27,000 writes. With the index it
 *   stays at 1 ms.
 * - It watches SQLite's change counter (some 5 microseconds a look), so that streams need to be polled only after
 *   something was written, and an idle stack is idle.
 * - It reads the stream records: 0.1 ms where GetRecords takes 2, several times for each event that comes in.
 */
export interface DatabaseFile {
  /** A number that is another one after every commit of dynoxide. */
  version(): number;
  /** The sequence number of a table's newest stream record. */
  latest(table: string): string | undefined;
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
    const version = reader.prepare('PRAGMA data_version');
    const latest = reader.prepare(
      'SELECT MAX(CAST(sequence_number AS INTEGER)) AS latest FROM _stream_records WHERE table_name = ?',
    );
    const records = reader.prepare(
      `SELECT event_name AS event, keys_json AS keys, new_image AS after, old_image AS before,
         sequence_number AS sequence, user_identity AS identity
       FROM _stream_records WHERE table_name = ? AND CAST(sequence_number AS INTEGER) > ?
       ORDER BY CAST(sequence_number AS INTEGER) LIMIT ?`,
    );
    return {
      version: () => Number(version.get()?.['data_version']),
      latest(table) {
        const found = latest.get(table)?.['latest'];
        return found === null || found === undefined ? undefined : String(found);
      },
      records: (table, after, max) => records.all(table, after, max) as unknown as StoredRecord[],
      close: () => reader.close(),
    };
  } catch (error) {
    warn(`the file of dynoxide is not as known (${String(error)}); its streams are polled instead of watched`);
    return undefined;
  }
}
