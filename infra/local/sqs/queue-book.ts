import type { Store } from '../store.ts';
import { defaultsOf } from './queue-attributes.ts';

/** A queue as it was made. Instants in ms on the stack's clock. */
export interface Queue {
  readonly name: string;
  readonly fifo: boolean;
  /** What was set; the rest is as by default. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly createdAt: number;
  readonly changedAt: number;
}

/** Queues, kept in the store and held ready in memory. */
export interface QueueBook {
  get(name: string): Queue | undefined;
  all(): readonly Queue[];
  put(queue: Queue): void;
  drop(name: string): void;
}

/** The value of an attribute, whether it was set or not. */
export const attributeOf = ({ attributes, fifo }: Queue, name: string): string =>
  attributes[name] ?? defaultsOf(fifo)[name] ?? '';
export const secondsOf = (queue: Queue, name: string) => Number(attributeOf(queue, name)) * 1000;

export function openQueueBook(store: Store): QueueBook {
  store.db.exec('CREATE TABLE IF NOT EXISTS sqs_queue (name TEXT PRIMARY KEY, json TEXT NOT NULL) STRICT');
  const save = store.prepare('INSERT INTO sqs_queue VALUES (?, ?) ON CONFLICT DO UPDATE SET json = excluded.json');
  const remove = store.prepare('DELETE FROM sqs_queue WHERE name = ?');
  const queues = new Map<string, Queue>();
  for (const { json } of store.prepare('SELECT json FROM sqs_queue').all()) {
    const queue = JSON.parse(String(json)) as Queue;
    queues.set(queue.name, queue);
  }
  return {
    get: (name) => queues.get(name),
    all: () => [...queues.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
    put(queue) {
      save.run(queue.name, JSON.stringify(queue));
      queues.set(queue.name, queue);
    },
    drop(name) {
      remove.run(name);
      queues.delete(name);
    },
  };
}
