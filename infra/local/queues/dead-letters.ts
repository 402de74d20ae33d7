import type { Store } from '../store.ts';

/** What could not be delivered, and why. Instants in ms on the stack's clock. */
export interface DeadLetter {
  readonly queue: string;
  readonly id: string;
  readonly body: string;
  readonly sentAt: number;
  readonly diedAt: number;
  readonly receives: number;
  readonly error: string;
}

export interface DeadLetters {
  add(letter: Pick<DeadLetter, 'queue' | 'id' | 'body' | 'sentAt' | 'receives'>, error: string, now: number): void;
  /** The newest first. */
  list(queue?: string, limit?: number): DeadLetter[];
  /** Takes them out, the oldest first. */
  take(queue?: string): DeadLetter[];
  counts(): [queue: string, count: number][];
}

const SCHEMA = `
CREATE TABLE IF NOT EXISTS dead_letter (
  row INTEGER PRIMARY KEY AUTOINCREMENT, queue TEXT NOT NULL, id TEXT NOT NULL, body TEXT NOT NULL,
  sent_at INTEGER NOT NULL, died_at INTEGER NOT NULL, receives INTEGER NOT NULL, error TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS dead_letter_queue ON dead_letter (queue, row);
`;

export function openDeadLetters(store: Store): DeadLetters {
  store.db.exec(SCHEMA);
  const insert = store.prepare('INSERT INTO dead_letter VALUES (NULL, ?, ?, ?, ?, ?, ?, ?)');
  const select = store.prepare('SELECT * FROM dead_letter WHERE ? IS NULL OR queue = ? ORDER BY row DESC LIMIT ?');
  const remove = store.prepare('DELETE FROM dead_letter WHERE ? IS NULL OR queue = ?');
  const counts = store.prepare('SELECT queue, count(*) AS n FROM dead_letter GROUP BY queue');
  const list = (queue?: string, limit = 100): DeadLetter[] =>
    (select.all(queue ?? null, queue ?? null, limit) as unknown as DeadRow[]).map((row) => ({
      queue: row.queue,
      id: row.id,
      body: row.body,
      sentAt: row.sent_at,
      diedAt: row.died_at,
      receives: row.receives,
      error: row.error,
    }));
  return {
    list,
    add: ({ queue, id, body, sentAt, receives }, error, now) =>
      void insert.run(queue, id, body, sentAt, now, receives, error),
    take: (queue) =>
      store.transaction(() => {
        const letters = list(queue, -1).reverse();
        remove.run(queue ?? null, queue ?? null);
        return letters;
      }),
    counts: () => counts.all().map((row) => [String(row['queue']), Number(row['n'])]),
  };
}

interface DeadRow {
  queue: string;
  id: string;
  body: string;
  sent_at: number;
  died_at: number;
  receives: number;
  error: string;
}
