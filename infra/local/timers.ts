import { createDueHeap } from './schedule/due-heap.ts';
import type { Store } from './store.ts';

/** Moments that somebody waits for, by key: kept in the store and at hand in memory. Instants in ms. */
export interface Timers {
  set(key: string, at: number): void;
  clear(key: string): void;
  at(key: string): number | undefined;
  nextDue(): number | undefined;
  /**
   * Rings what is due at or before `now`, in the order of the moments, each in a transaction of its own. A timer that
   * rang is gone unless it is set again meanwhile. What `rang` throws is thrown when all have rung; such a timer rings
   * again after the next start.
   */
  ring(now: number, rang: (key: string, at: number) => void): void;
}

/** `owner` keeps the timers of several users of one store apart. */
export function openTimers(store: Store, owner: string): Timers {
  store.db.exec(
    'CREATE TABLE IF NOT EXISTS timer (owner TEXT, key TEXT, at INTEGER NOT NULL, PRIMARY KEY (owner, key)) STRICT, WITHOUT ROWID',
  );
  const save = store.prepare('INSERT INTO timer VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET at = excluded.at');
  const remove = store.prepare('DELETE FROM timer WHERE owner = ? AND key = ?');
  const moments = new Map<string, number>();
  const heap = createDueHeap();
  for (const { key, at } of store.prepare('SELECT key, at FROM timer WHERE owner = ?').all(owner)) {
    moments.set(String(key), Number(at));
    heap.set(String(key), Number(at));
  }
  const set = (key: string, at: number) => {
    save.run(owner, key, at);
    moments.set(key, at);
    heap.set(key, at);
  };
  const clear = (key: string) => {
    remove.run(owner, key);
    moments.delete(key);
    heap.delete(key);
  };
  return {
    set,
    clear,
    at: (key) => moments.get(key),
    nextDue: () => heap.earliest(),
    ring(now, rang) {
      const failures: unknown[] = [];
      for (const key of heap.take(now)) {
        const at = moments.get(key);
        // Cleared, or set for later, by one that rang before.
        if (at === undefined || at > now) continue;
        try {
          store.transaction(() => {
            clear(key);
            rang(key, at);
          });
        } catch (error) {
          failures.push(error);
        }
      }
      if (failures.length > 0) throw failures[0];
    },
  };
}
