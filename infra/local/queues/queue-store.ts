import { randomUUID } from 'node:crypto';
import type { Store } from '../store.ts';
import { type DeadLetter, openDeadLetters } from './dead-letters.ts';

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
  /** What the sender said besides the body, as JSON. */
  readonly extra?: string;
}

/** What may be said of a message besides its body. */
export interface SendOptions {
  readonly visibleAt?: number;
  /** Messages of one group are handed out one after another, in their order, where the queue is asked for that. */
  readonly group?: string;
  readonly extra?: string;
}

/** Queues as rows. A message is a row until somebody has said that it is done. */
export interface QueueStore {
  send(queue: string, body: string, now: number, options?: SendOptions): { id: string; row: number };
  /** Hands out up to `max` messages visible at `now` and hides them until `hiddenUntil`; `inOrder` within groups. */
  receive(queue: string, max: number, now: number, hiddenUntil: number, inOrder?: boolean): QueueMessage[];
  find(row: number): (QueueMessage & { readonly visibleAt: number }) | undefined;
  done(rows: readonly number[]): void;
  hide(row: number, until: number): void;
  /** Lays it into another queue, as if it had just been sent there. */
  move(row: number, queue: string, now: number, extra?: string): void;
  bury(message: QueueMessage, error: string, now: number): void;
  /** Puts what cannot be delivered straight among the dead letters of `queue`. */
  buryBody(queue: string, body: string, error: string, now: number, receives: number): void;
  /** The earliest moment at which a message of the queue becomes visible. */
  soonest(queue: string): number | undefined;
  /** Makes visible again what was in the hands of a process that died. */
  release(): void;
  counts(): Record<string, { waiting: number; inFlight: number; deadLetters: number }>;
  /** How many messages may be taken, are in somebody's hands, and are not to be seen yet. */
  sizes(queue: string, now: number): { visible: number; inFlight: number; delayed: number };
  deadLetters(queue?: string, limit?: number): DeadLetter[];
  /** Puts dead letters back into their queues; resolves to how many. */
  redrive(now: number, queue?: string): number;
  purge(queue: string): void;
  /** Forgets what was sent before. */
  expire(queue: string, before: number): void;
}

/** `hiddenUntil` of messages that are in the hands of a function of this process. */
export const IN_HAND = Number.MAX_SAFE_INTEGER;

const SCHEMA = `
CREATE TABLE IF NOT EXISTS queue_message (
  row INTEGER PRIMARY KEY AUTOINCREMENT, queue TEXT NOT NULL, id TEXT NOT NULL, body TEXT NOT NULL,
  sent_at INTEGER NOT NULL, visible_at INTEGER NOT NULL, receives INTEGER NOT NULL, first_received_at INTEGER NOT NULL,
  group_id TEXT, extra TEXT
) STRICT;
CREATE INDEX IF NOT EXISTS queue_message_due ON queue_message (queue, visible_at, row);
`;

/** A message waits for its group when another one of it is in somebody's hands, or an earlier one is not to be seen yet. */
const IN_ORDER = `SELECT * FROM queue_message AS m WHERE queue = ? AND visible_at <= ? AND NOT EXISTS (
  SELECT 1 FROM queue_message AS o WHERE o.queue = m.queue AND o.group_id = m.group_id AND o.visible_at > ?
  AND (o.receives > 0 OR o.row < m.row)) ORDER BY row LIMIT ?`;

export function openQueueStore(store: Store): QueueStore {
  store.db.exec(SCHEMA);
  // Folders of version 0.1.0 have a table without these.
  const columns = store.prepare("SELECT name FROM pragma_table_info('queue_message')").all();
  for (const column of ['group_id', 'extra'])
    if (!columns.some(({ name }) => name === column))
      store.db.exec(`ALTER TABLE queue_message ADD COLUMN ${column} TEXT`);
  store.db.exec(
    'CREATE INDEX IF NOT EXISTS queue_message_group ON queue_message (queue, group_id, row) WHERE group_id IS NOT NULL',
  );
  const insert = store.prepare('INSERT INTO queue_message VALUES (NULL, ?, ?, ?, ?, ?, 0, 0, ?, ?)');
  const visible = store.prepare(
    'SELECT * FROM queue_message WHERE queue = ? AND visible_at <= ? ORDER BY visible_at, row LIMIT ?',
  );
  const ordered = store.prepare(IN_ORDER);
  const one = store.prepare('SELECT * FROM queue_message WHERE row = ?');
  const take = store.prepare(
    'UPDATE queue_message SET visible_at = ?, receives = ?, first_received_at = ? WHERE row = ?',
  );
  const remove = store.prepare('DELETE FROM queue_message WHERE row = ?');
  const hide = store.prepare('UPDATE queue_message SET visible_at = ? WHERE row = ?');
  const move = store.prepare(
    'UPDATE queue_message SET queue = ?, visible_at = ?, receives = 0, first_received_at = 0, extra = ? WHERE row = ?',
  );
  const soonest = store.prepare('SELECT MIN(visible_at) AS at FROM queue_message WHERE queue = ?');
  const release = store.prepare('UPDATE queue_message SET visible_at = sent_at WHERE visible_at = ?');
  const waiting = store.prepare(
    'SELECT queue, count(*) AS n, sum(visible_at = ?) AS hand FROM queue_message GROUP BY queue',
  );
  const sizes = store.prepare(
    'SELECT count(*) AS n, sum(visible_at > ? AND receives > 0) AS hand, sum(visible_at > ? AND receives = 0) AS later FROM queue_message WHERE queue = ?',
  );
  const purge = store.prepare('DELETE FROM queue_message WHERE queue = ?');
  const expire = store.prepare('DELETE FROM queue_message WHERE queue = ? AND sent_at < ?');
  const dead = openDeadLetters(store);

  return {
    send(queue, body, now, { visibleAt = now, group = null, extra = null } = {}) {
      const id = randomUUID();
      const { lastInsertRowid } = insert.run(queue, id, body, now, visibleAt, group, extra);
      return { id, row: Number(lastInsertRowid) };
    },
    receive(queue, max, now, hiddenUntil, inOrder = false) {
      const found = inOrder ? ordered.all(queue, now, now, max) : visible.all(queue, now, max);
      const rows = found as unknown as MessageRow[];
      if (rows.length === 0) return [];
      return store.transaction(() =>
        rows.map((row) => {
          const message = {
            ...messageOf(row),
            receives: row.receives + 1,
            firstReceivedAt: row.first_received_at || now,
          };
          take.run(hiddenUntil, message.receives, message.firstReceivedAt, row.row);
          return message;
        }),
      );
    },
    find(row) {
      const found = one.get(row) as MessageRow | undefined;
      return found && { ...messageOf(found), visibleAt: found.visible_at };
    },
    done: (rows) => store.transaction(() => rows.forEach((row) => void remove.run(row))),
    hide: (row, until) => void hide.run(until, row),
    move: (row, queue, now, extra) => void move.run(queue, now, extra ?? null, row),
    bury: (message, error, now) =>
      store.transaction(() => {
        remove.run(message.row);
        dead.add(message, error, now);
      }),
    buryBody: (queue, body, error, now, receives) =>
      dead.add({ queue, id: randomUUID(), body, sentAt: now, receives }, error, now),
    soonest(queue) {
      const at = soonest.get(queue)?.['at'];
      return at === null || at === undefined || at === IN_HAND ? undefined : Number(at);
    },
    release: () => void release.run(IN_HAND),
    counts() {
      const counts: Record<string, { waiting: number; inFlight: number; deadLetters: number }> = {};
      const of = (name: string) => (counts[name] ??= { waiting: 0, inFlight: 0, deadLetters: 0 });
      for (const row of waiting.all(IN_HAND)) {
        const entry = of(String(row['queue']));
        entry.inFlight = Number(row['hand']);
        entry.waiting = Number(row['n']) - entry.inFlight;
      }
      for (const [queue, count] of dead.counts()) of(queue).deadLetters = count;
      return counts;
    },
    sizes(queue, now) {
      const row = sizes.get(now, now, queue) as { n: number; hand: number | null; later: number | null };
      const [inFlight, delayed] = [row.hand ?? 0, row.later ?? 0];
      return { visible: row.n - inFlight - delayed, inFlight, delayed };
    },
    deadLetters: dead.list,
    redrive: (now, queue) =>
      store.transaction(() => {
        const letters = dead.take(queue);
        for (const { queue, id, body, sentAt } of letters) insert.run(queue, id, body, sentAt, now, null, null);
        return letters.length;
      }),
    purge: (queue) => void purge.run(queue),
    expire: (queue, before) => void expire.run(queue, before),
  };
}

interface MessageRow {
  row: number;
  queue: string;
  id: string;
  body: string;
  sent_at: number;
  visible_at: number;
  receives: number;
  first_received_at: number;
  extra: string | null;
}

const messageOf = (row: MessageRow): QueueMessage => ({
  row: row.row,
  queue: row.queue,
  id: row.id,
  body: row.body,
  sentAt: row.sent_at,
  receives: row.receives,
  firstReceivedAt: row.first_received_at,
  ...(row.extra === null ? {} : { extra: row.extra }),
});
