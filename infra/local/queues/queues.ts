import type { Clock, TimeSource } from '../time-source.ts';
import { IN_HAND, type QueueMessage, type QueueStore, type SendOptions } from './queue-store.ts';

/** Whoever takes messages off a queue. */
export interface QueueConsumer {
  readonly batchSize: number;
  /** After so many failed deliveries a message goes to the dead letters. */
  readonly maxReceive: number;
  /** How many batches may be under way at once. */
  readonly concurrency?: number;
  /** After how many ms a message that failed is tried again; 1, 2, 4, 8 … seconds, at most 15 minutes, by default. */
  readonly again?: (message: QueueMessage) => number;
  /** Resolves to the failed ones: message id and why. Throws when all failed. */
  deliver(messages: readonly QueueMessage[]): Promise<ReadonlyMap<string, string>>;
}

/** All queues of the stack, and the work of handing their messages to consumers. */
export interface Queues extends TimeSource {
  readonly store: QueueStore;
  consume(queue: string, consumer: QueueConsumer): void;
  /** The consumer is not handed anything more. */
  abandon(queue: string): void;
  /** The queues that have a consumer. */
  consumed(): string[];
  consumes(queue: string): boolean;
  /** Puts a message into a queue, visible at once unless `visibleAt` says when; gives its id and row. */
  send(queue: string, body: string, options?: SendOptions): { id: string; row: number };
  /** Looks again at a queue that was changed through the store. */
  touched(queue: string): void;
  /** Resolves when the queue was touched, at the latest after `ms` of the caller's time. */
  wait(queue: string, ms: number): Promise<void>;
  redrive(queue?: string): number;
  /** Lets nothing new start; resolves when what is under way has ended. */
  stop(): Promise<void>;
}

const backoff = ({ receives }: QueueMessage) => Math.min(2 ** (receives - 1), 900) * 1000;

interface Work {
  readonly queue: string;
  readonly consumer: QueueConsumer;
  running: number;
  /** Cached answer of store.soonest; `null` = not known. */
  soonest: number | undefined | null;
}

export function createQueues(store: QueueStore, clock: Clock): Queues {
  store.release();
  const works = new Map<string, Work>();
  const waiters = new Map<string, Set<() => void>>();
  let stopped = false;
  let ended: (() => void) | undefined;

  const soonest = (work: Work) => {
    if (work.soonest === null) work.soonest = store.soonest(work.queue);
    return work.soonest;
  };
  const free = (work: Work) => work.running < (work.consumer.concurrency ?? 1);
  const underWay = () => [...works.values()].filter((work) => work.running > 0);

  async function deliver(work: Work, batch: readonly QueueMessage[]): Promise<void> {
    let failed: ReadonlyMap<string, string>;
    try {
      failed = await work.consumer.deliver(batch);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      failed = new Map(batch.map((message) => [message.id, why]));
    }
    const now = clock.now();
    store.done(batch.filter((message) => !failed.has(message.id)).map((message) => message.row));
    for (const message of batch) {
      const why = failed.get(message.id);
      if (why === undefined) continue;
      if (message.receives >= work.consumer.maxReceive) store.bury(message, why, now);
      else store.hide(message.row, now + (work.consumer.again ?? backoff)(message));
    }
  }

  function begin(work: Work, now: number): boolean {
    const batch = store.receive(work.queue, work.consumer.batchSize, now, IN_HAND);
    work.soonest = null;
    if (batch.length === 0) return false;
    work.running++;
    void deliver(work, batch).finally(() => {
      work.running--;
      work.soonest = null;
      if (stopped && underWay().length === 0) ended?.();
      clock.changed();
    });
    return true;
  }

  const touched = (queue: string) => {
    const work = works.get(queue);
    if (work) work.soonest = null;
    for (const wake of waiters.get(queue) ?? []) wake();
    clock.changed();
  };

  return {
    name: 'queues',
    store,
    nextDue() {
      if (stopped) return undefined;
      let next: number | undefined;
      for (const work of works.values()) {
        if (!free(work)) continue;
        const at = soonest(work);
        if (at !== undefined && (next === undefined || at < next)) next = at;
      }
      return next;
    },
    fireDue(now) {
      for (const work of works.values()) {
        while (!stopped && free(work) && (soonest(work) ?? Number.POSITIVE_INFINITY) <= now)
          if (!begin(work, now)) break;
      }
    },
    busy: () => underWay().length > 0,
    working: () => underWay().map((work) => `queue ${work.queue}`),
    consume(queue, consumer) {
      works.set(queue, { queue, consumer, running: 0, soonest: null });
      clock.changed();
    },
    abandon: (queue) => void works.delete(queue),
    consumed: () => [...works.keys()],
    consumes: (queue) => works.has(queue),
    send(queue, body, options) {
      const sent = store.send(queue, body, clock.now(), options);
      touched(queue);
      return sent;
    },
    touched,
    wait(queue, ms) {
      return new Promise((resolve) => {
        const waiting = waiters.get(queue) ?? new Set();
        waiters.set(queue, waiting);
        const wake = () => {
          clearTimeout(timer);
          waiting.delete(wake);
          if (waiting.size === 0) waiters.delete(queue);
          resolve();
        };
        const timer = setTimeout(wake, ms);
        waiting.add(wake);
      });
    },
    redrive(queue) {
      const count = store.redrive(clock.now(), queue);
      for (const work of works.values()) work.soonest = null;
      clock.changed();
      return count;
    },
    stop() {
      stopped = true;
      return underWay().length === 0 ? Promise.resolve() : new Promise((resolve) => (ended = resolve));
    },
  };
}
