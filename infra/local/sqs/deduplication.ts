import type { Store } from '../store.ts';

/** What a FIFO queue has taken lately: the same thing sent again within five minutes is not taken again. */
export interface Deduplication {
  /** What was answered to the first one, if there was one. */
  seen(queue: string, id: string, now: number): { id: string; row: number } | undefined;
  note(queue: string, id: string, now: number, sent: { id: string; row: number }): void;
}

const INTERVAL = 5 * 60_000;

export function openDeduplication(store: Store): Deduplication {
  store.db.exec(
    'CREATE TABLE IF NOT EXISTS sqs_seen (queue TEXT, id TEXT, until INTEGER NOT NULL, message TEXT NOT NULL, row INTEGER NOT NULL, PRIMARY KEY (queue, id)) STRICT',
  );
  const find = store.prepare('SELECT message, row FROM sqs_seen WHERE queue = ? AND id = ? AND until > ?');
  const save = store.prepare('INSERT OR REPLACE INTO sqs_seen VALUES (?, ?, ?, ?, ?)');
  const forget = store.prepare('DELETE FROM sqs_seen WHERE queue = ? AND until <= ?');
  return {
    seen(queue, id, now) {
      const row = find.get(queue, id, now);
      return row && { id: String(row['message']), row: Number(row['row']) };
    },
    note(queue, id, now, sent) {
      forget.run(queue, now);
      save.run(queue, id, now + INTERVAL, sent.id, sent.row);
    },
  };
}
