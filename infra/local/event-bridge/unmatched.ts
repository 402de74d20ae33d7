import type { Store } from '../store.ts';

/** Events that were taken in and that nobody wanted: to be looked at, since a misspelt bus or source looks just so. */
export interface Unmatched {
  add(event: { bus: string; text: string }, why: string, now: number): void;
  /** How many are kept (at most some 1,000: the newest). */
  count(): number;
  list(limit?: number): { at: string; bus: string; why: string; event: unknown }[];
}

/** Only the newest are kept. */
const KEPT = 1000;

export function openUnmatched(store: Store): Unmatched {
  store.db.exec(
    'CREATE TABLE IF NOT EXISTS unmatched_event (row INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER, bus TEXT, why TEXT, event TEXT) STRICT',
  );
  const insert = store.prepare('INSERT INTO unmatched_event VALUES (NULL, ?, ?, ?, ?)');
  const trim = store.prepare('DELETE FROM unmatched_event WHERE row <= ?');
  const list = store.prepare('SELECT * FROM unmatched_event ORDER BY row DESC LIMIT ?');
  const count = store.prepare('SELECT count(*) AS n FROM unmatched_event');
  return {
    count: () => Number(count.get()?.['n']),
    add(event, why, now) {
      const { lastInsertRowid } = insert.run(now, event.bus, why, event.text);
      if (Number(lastInsertRowid) % 100 === 0) trim.run(Number(lastInsertRowid) - KEPT);
    },
    list: (limit = 100) =>
      list.all(limit).map((row) => ({
        at: new Date(Number(row['at'])).toISOString(),
        bus: String(row['bus']),
        why: String(row['why']),
        event: JSON.parse(String(row['event'])) as unknown,
      })),
  };
}
