import { randomUUID } from 'node:crypto';
import type { Store } from '../store.ts';

/** A message as it lies in a queue. Instants in ms on the stack's clock. */
export interface QueueMessage {
  readonly row: number;
  readonly queue: string;
  readonly id: string;
  readonly body: string;
  readonly sentAt: number;
  /** How often it has been handed out, this time included. */
  readonly receives: number;
  readonly firstReceivedAt: number;
}

export interface DeadLetter {
  readonly row: number;
  readonly queue: string;
  readonly id: string;
  readonly body: string;
  readonly sentAt: number;
  readonly diedAt: number;
  readonly receives: number;
  readonly error: string;
}

/** Queues as rows. A message is a row until somebody has said that it is done. */
export interface QueueStore {
  send(queue: string, body: string, now: number, visibleAt?: number): string;
  /** Hands out up to `max` messages visible at `now` and hides them until `hiddenUntil`. */
  receive(queue: string, max: number, now: number, hiddenUntil: number): QueueMessage[];
  done(rows: readonly number[]): void;
  hide(row: number, until: number): void;
  bury(message: QueueMessage, error: string, now: number): void;
  /** Puts what cannot be delivered straight among the dead letters of `queue`. */
  buryBody(queue: string, body: string, error: string, now: number, receives: number): void;
  /** The earliest moment at which a message of the queue becomes visible. */
  soonest(queue: string): number | undefined;
  /** Makes visible again what was in the hands of a process that died. */
  release(): void;
  counts(): Record<string, { waiting: number; inFlight: number; deadLetters: number }>;
  deadLetters(queue?: string, limit?: number): DeadLetter[];
  /** Puts dead letters back into their queues; resolves to how many. */
  redrive(now: number, queue?: string): number;
  purge(queue: string): void;
}

/** `hiddenUntil` of messages that are in the hands of a function of this process. */
export const IN_HAND = Number.MAX_SAFE_INTEGER;

const SCHEMA = `
CREATE TABLE IF NOT EXISTS queue_message (
  row INTEGER PRIMARY KEY AUTOINCREMENT, queue TEXT NOT NULL, id TEXT NOT NULL, body TEXT NOT NULL,
  sent_at INTEGER NOT NULL, visible_at INTEGER NOT NULL, receives INTEGER NOT NULL, first_received_at INTEGER NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS queue_message_due ON queue_message (queue, visible_at, row);
CREATE TABLE IF NOT EXISTS dead_letter (
  row INTEGER PRIMARY KEY AUTOINCREMENT, queue TEXT NOT NULL, id TEXT NOT NULL, body TEXT NOT NULL,
  sent_at INTEGER NOT NULL, died_at INTEGER NOT NULL, receives INTEGER NOT NULL, error TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS dead_letter_queue ON dead_letter (queue, row);
`;

export function openQueueStore(store: Store): QueueStore {
  store.db.exec(SCHEMA);
  const insert = store.prepare('INSERT INTO queue_message VALUES (NULL, ?, ?, ?, ?, ?, 0, 0)');
  const visible = store.prepare(
    'SELECT * FROM queue_message WHERE queue = ? AND visible_at <= ? ORDER BY visible_at, row LIMIT ?',
  );
  const take = store.prepare(
    'UPDATE queue_message SET visible_at = ?, receives = ?, first_received_at = ? WHERE row = ?',
  );
  const remove = store.prepare('DELETE FROM queue_message WHERE row = ?');
  const hide = store.prepare('UPDATE queue_message SET visible_at = ? WHERE row = ?');
  const soonest = store.prepare('SELECT MIN(visible_at) AS at FROM queue_message WHERE queue = ?');
  const release = store.prepare('UPDATE queue_message SET visible_at = sent_at WHERE visible_at = ?');
  const die = store.prepare('INSERT INTO dead_letter VALUES (NULL, ?, ?, ?, ?, ?, ?, ?)');
  const dead = store.prepare('SELECT * FROM dead_letter WHERE ? IS NULL OR queue = ? ORDER BY row DESC LIMIT ?');
  const undead = store.prepare('DELETE FROM dead_letter WHERE row = ?');
  const waiting = store.prepare(
    'SELECT queue, count(*) AS n, sum(visible_at = ?) AS hand FROM queue_message GROUP BY queue',
  );
  const died = store.prepare('SELECT queue, count(*) AS n FROM dead_letter GROUP BY queue');
  const purge = store.prepare('DELETE FROM queue_message WHERE queue = ?');

  const send: QueueStore['send'] = (queue, body, now, visibleAt = now) => {
    const id = randomUUID();
    insert.run(queue, id, body, now, visibleAt);
    return id;
  };

  return {
    send,
    receive(queue, max, now, hiddenUntil) {
      const rows = visible.all(queue, now, max) as unknown as MessageRow[];
      if (rows.length === 0) return [];
      return store.transaction(() =>
        rows.map((row) => {
          const message = {
            row: row.row,
            queue,
            id: row.id,
            body: row.body,
            sentAt: row.sent_at,
            receives: row.receives + 1,
            firstReceivedAt: row.first_received_at || now,
          };
          take.run(hiddenUntil, message.receives, message.firstReceivedAt, row.row);
          return message;
        }),
      );
    },
    done: (rows) => store.transaction(() => rows.forEach((row) => void remove.run(row))),
    hide: (row, until) => void hide.run(until, row),
    bury: (message, error, now) =>
      store.transaction(() => {
        remove.run(message.row);
        die.run(message.queue, message.id, message.body, message.sentAt, now, message.receives, error);
      }),
    buryBody: (queue, body, error, now, receives) => void die.run(queue, randomUUID(), body, now, now, receives, error),
    soonest(queue) {
      const at = soonest.get(queue)?.['at'];
      return at === null || at === undefined || at === IN_HAND ? undefined : Number(at);
    },
    release: () => void release.run(IN_HAND),
    counts() {
      const counts: Record<string, { waiting: number; inFlight: number; deadLetters: number }> = {};
      const of = (queue: unknown) => {
        const name = String(queue);
        counts[name] ??= { waiting: 0, inFlight: 0, deadLetters: 0 };
        return counts[name];
      };
      for (const row of waiting.all(IN_HAND)) {
        const entry = of(row['queue']);
        entry.inFlight = Number(row['hand']);
        entry.waiting = Number(row['n']) - entry.inFlight;
      }
      for (const row of died.all()) of(row['queue']).deadLetters = Number(row['n']);
      return counts;
    },
    deadLetters: (queue, limit = 100) =>
      (dead.all(queue ?? null, queue ?? null, limit) as unknown as DeadRow[]).map((row) => ({
        row: row.row,
        queue: row.queue,
        id: row.id,
        body: row.body,
        sentAt: row.sent_at,
        diedAt: row.died_at,
        receives: row.receives,
        error: row.error,
      })),
    redrive: (now, queue) =>
      store.transaction(() => {
        const rows = dead.all(queue ?? null, queue ?? null, -1) as unknown as DeadRow[];
        for (const row of rows.reverse()) {
          insert.run(row.queue, row.id, row.body, row.sent_at, now);
          undead.run(row.row);
        }
        return rows.length;
      }),
    purge: (queue) => void purge.run(queue),
  };
}

interface MessageRow {
  row: number;
  id: string;
  body: string;
  sent_at: number;
  receives: number;
  first_received_at: number;
}

interface DeadRow {
  row: number;
  queue: string;
  id: string;
  body: string;
  sent_at: number;
  died_at: number;
  receives: number;
  error: string;
}
