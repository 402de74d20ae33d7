import { randomUUID } from 'node:crypto';
import type { Arns } from '../arns.ts';
import type { StackClock } from '../clock.ts';
import type { DynamoClient } from '../dynamodb/client.ts';
import { failureOf } from '../queues/function-consumer.ts';
import type { Image, StreamEntry } from '../streams/stream-record.ts';
import type { LambdaHost, TimeSource } from '../time-source.ts';
import { createDueHeap } from './due-heap.ts';

/**
 * Calls a function on a schedule, as an EventBridge rule with a rate does.
 *
 * With `due`, items of a table carry the moment at which the function has something to do. Then the function is called at
 * exactly these moments as well, and while time is being moved only at these: the result is that of a call every minute,
 * without the calls that would find nothing.
 */
export interface Schedule extends TimeSource {
  /** Reads what is due from the table. */
  start(): Promise<void>;
  /** Keeps the due moments up to date from the table's stream. */
  watch(table: string, entry: StreamEntry): void;
  stop(): void;
}

export interface ScheduleOptions {
  readonly functionName: string;
  readonly functionArn: string;
  readonly ruleName: string;
  readonly everySeconds: number;
  /** Whether it may be called by now; it is asked again, at the same moment, as soon as something has changed. */
  readonly ready: () => boolean;
  /** `prefix`: of the index's partition; items of others are not this function's. */
  readonly due?: {
    readonly table: string;
    readonly index: string;
    readonly attribute: string;
    readonly partition: string;
    readonly prefix: string;
  };
  readonly client: DynamoClient;
  readonly lambda: LambdaHost;
  readonly clock: StackClock;
  readonly arns: Arns;
  readonly warn: (line: string) => void;
}

/** A function that answers `{ more: true }` is called again at once, up to so many times in a row. */
const MOST_AT_ONCE = 1000;

export function createSchedule(options: ScheduleOptions): Schedule {
  const { clock, due, arns } = options;
  const period = options.everySeconds * 1000;
  const heap = createDueHeap();
  /** Called for, but the table does not show yet that it was dealt with. */
  const called = new Set<string>();
  /** The latest call or, before the first, the start. */
  let lastCall = 0;
  /** The function said that there is more to do already. */
  let more = 0;
  let calling = false;
  /** When time last stood still or was moved: the minutes are counted from then. */
  let held = 0;
  /** Whether time ran by itself when this was asked last. */
  let ran = false;
  let started = false;

  /** An empty stack may be set back in time. */
  const last = () => {
    lastCall = Math.min(lastCall, clock.now());
    held = Math.min(held, clock.now());
    return lastCall;
  };

  const momentOf = (image: Image | undefined): number | undefined => {
    const mine = due && String(image?.[due.partition]?.['S'] ?? '').startsWith(due.prefix);
    const text = mine ? image?.[due.attribute]?.['S'] : undefined;
    const at = typeof text === 'string' ? Date.parse(text) : Number.NaN;
    return Number.isNaN(at) ? undefined : at;
  };
  const note = (keys: Image, image: Image | undefined) => {
    const key = `${String(keys['pk']?.['S'])}\u0000${String(keys['sk']?.['S'])}`;
    const at = momentOf(image);
    called.delete(key);
    if (at === undefined) return heap.delete(key);
    if (at > last()) return heap.set(key, at);
    // Still due after a call for that very moment: asked for again a period later, lest one item spins for ever.
    heap.delete(key);
    called.add(key);
  };

  async function call(now: number): Promise<void> {
    const result = await options.lambda.invoke(options.functionArn, {
      version: '0',
      id: randomUUID(),
      'detail-type': 'Scheduled Event',
      source: 'aws.events',
      account: arns.aws.account,
      time: new Date(now).toISOString().replace(/\.\d+Z$/, 'Z'),
      region: arns.aws.region,
      resources: [arns.rule('default', options.ruleName)],
      detail: {},
    });
    if (!result.ok) options.warn(`${options.functionName}: ${failureOf(result)}`);
    more = result.ok && (result.payload as { more?: unknown } | null)?.more === true ? more + 1 : 0;
  }

  return {
    name: `schedule ${options.functionName}`,
    nextDue() {
      if (!started || calling) return undefined;
      if (more > 0 && more < MOST_AT_ONCE) return last();
      const exact = heap.earliest();
      const running = !(clock.moving() || clock.frozen());
      // A move ends where it ends: the minutes are counted from there, not from the last moment lived through on the way.
      if (!running || !ran) held = clock.now();
      ran = running;
      const again = called.size > 0 ? last() + period : running ? Math.max(last(), held) + period : undefined;
      if (exact === undefined || again === undefined) return exact ?? again;
      return Math.min(exact, again);
    },
    fireDue(now) {
      if (!options.ready()) return;
      for (const key of heap.take(now)) called.add(key);
      lastCall = now;
      calling = true;
      void call(now).finally(() => {
        calling = false;
        clock.changed();
      });
    },
    busy: () => calling,
    working: () => (calling ? [`schedule of ${options.functionName}`] : []),
    watch(table, entry) {
      if (due && table === due.table) note(entry.keys, entry.imageWith(due.partition));
    },
    async start() {
      if (due) {
        let ExclusiveStartKey: unknown;
        do {
          const page = await options.client.call<{ Items?: Image[]; LastEvaluatedKey?: unknown }>('Scan', {
            TableName: due.table,
            IndexName: due.index,
            ...(ExclusiveStartKey ? { ExclusiveStartKey } : {}),
          });
          for (const item of page.Items ?? []) note(item, item);
          ExclusiveStartKey = page.LastEvaluatedKey;
        } while (ExclusiveStartKey);
      }
      lastCall = clock.now();
      started = true;
      clock.changed();
    },
    stop() {
      started = false;
    },
  };
}
