import { failureOf } from '../queues/function-consumer.ts';
import type { TextHost } from '../time-source.ts';
import { compareSequence } from './sequence.ts';
import type { StreamReader } from './stream-reader.ts';
import type { StreamEntry } from './stream-record.ts';

/** One function's reading of one stream: in order, and only forward when a batch has passed. */
export interface StreamConsumer {
  readonly functionName: string;
  /** Hands over the next batch when there is one and it is time. Call whenever something may have changed. */
  advance(now: number): void;
  running(): boolean;
  /** True when records wait that may be handed over now. */
  ready(now: number): boolean;
  /** True when records wait, be it for their batch to fill. */
  behind(): boolean;
  /** When a failed batch is tried again. */
  retryAt(): number | undefined;
}

export interface StreamConsumerOptions {
  readonly functionName: string;
  readonly functionArn: string;
  readonly batchSize: number;
  /** How long (real seconds) records may be gathered into a fuller batch while `gathering()`. */
  readonly windowSeconds: number;
  readonly gathering: () => boolean;
  readonly onlyInserts: boolean;
  readonly lambda: TextHost;
  readonly reader: StreamReader;
  readonly from: string | undefined;
  readonly now: () => number;
  /** Keeps how far the function has come. */
  readonly checkpoint: (sequence: string) => void;
  /** Takes a record that failed every time. */
  readonly bury: (record: StreamEntry, error: string, tries: number) => void;
  readonly changed: () => void;
  readonly warn: (line: string) => void;
}

/** A single record is tried so often, waiting 1, 2, 4 … at most 60 s in between: some five minutes. */
const MAX_TRIES = 10;
const backoff = (tries: number) => Math.min(2 ** (tries - 1), 60) * 1000;

export function createStreamConsumer(options: StreamConsumerOptions): StreamConsumer {
  const { reader, batchSize } = options;
  let position = options.from;
  let running = false;
  let retryAt: number | undefined;
  /** Fewer than batchSize while a failing batch is being halved. */
  let limit = batchSize;
  let tries = 0;
  /** When the records that are being gathered began to wait, on the machine's clock. */
  let gatheredSince: number | undefined;

  function passed(record: StreamEntry): void {
    position = record.sequence;
    options.checkpoint(position);
    tries = 0;
    limit = batchSize;
  }

  function failed(batch: readonly StreamEntry[], why: string, known: boolean): void {
    const head = batch[0] as StreamEntry;
    if (batch.length > 1 && !known) {
      // Which one is to blame is not known: halve until it is.
      limit = Math.ceil(batch.length / 2);
      return;
    }
    tries++;
    if (tries < MAX_TRIES) {
      retryAt = options.now() + backoff(tries);
      return;
    }
    options.bury(head, why, tries);
    passed(head);
  }

  async function deliver(): Promise<void> {
    const all = await reader.after(position, limit);
    const batch = options.onlyInserts ? all.filter((record) => record.eventName === 'INSERT') : all;
    if (batch.length === 0) {
      if (all.length > 0) passed(all[all.length - 1] as StreamEntry);
      return;
    }
    const records = batch.map((record) => record.json());
    const result = await options.lambda.invokeText(options.functionArn, `{"Records":[${records.join(',')}]}`);
    if (!result.ok) return failed(batch, failureOf(result), false);
    const bad = firstFailure(result.payload, batch);
    if (bad === undefined) return passed(all[all.length - 1] as StreamEntry);
    if (bad > 0) passed(batch[bad - 1] as StreamEntry);
    failed(batch.slice(bad), 'the function reported this record as failed', true);
  }

  const behind = () => {
    const last = reader.last();
    return last !== undefined && (position === undefined || compareSequence(position, last) < 0);
  };

  /** Still gathering: nothing is handed over yet. */
  function gathers(): boolean {
    if (options.windowSeconds === 0 || !options.gathering()) return false;
    gatheredSince ??= performance.now();
    return performance.now() - gatheredSince < options.windowSeconds * 1000;
  }

  return {
    functionName: options.functionName,
    running: () => running,
    retryAt: () => (running ? undefined : retryAt),
    ready: (now) => !running && (retryAt === undefined || retryAt <= now) && behind() && !gathers(),
    behind: () => !running && behind(),
    advance(now) {
      if (running || (retryAt !== undefined && retryAt > now) || !behind() || gathers()) return;
      running = true;
      gatheredSince = undefined;
      retryAt = undefined;
      void deliver()
        .catch((error: unknown) => {
          // Reading from the database failed; the records are still there.
          retryAt = options.now() + 1000;
          options.warn(`the stream cannot be read for ${options.functionName}: ${String(error)}`);
        })
        .finally(() => {
          running = false;
          options.changed();
        });
    },
  };
}

/** Index of the first record that an answer `{ batchItemFailures }` names; all have failed when it names none of them. */
function firstFailure(answer: unknown, batch: readonly StreamEntry[]): number | undefined {
  const failures = (answer as { batchItemFailures?: { itemIdentifier?: string }[] } | null)?.batchItemFailures;
  if (!Array.isArray(failures) || failures.length === 0) return undefined;
  const named = new Set(failures.map((failure) => failure?.itemIdentifier));
  const index = batch.findIndex((record) => named.has(record.sequence));
  return Math.max(index, 0);
}
