import type { Arns } from '../arns.ts';
import type { DynamoClient } from '../dynamodb/client.ts';
import type { DatabaseFile, StoredRecord } from '../dynamodb/file.ts';
import { streamOf } from '../dynamodb/tables.ts';
import { failureOf } from '../queues/function-consumer.ts';
import type { Queues } from '../queues/queues.ts';
import type { Store } from '../store.ts';
import type { Clock, LambdaHost, TextHost, TimeSource } from '../time-source.ts';
import { apiSource } from './api-source.ts';
import { fileSource } from './file-source.ts';
import { compareSequence } from './sequence.ts';
import { createStreamConsumer, type StreamConsumer } from './stream-consumer.ts';
import { createStreamReader, PAGE, type StreamReader } from './stream-reader.ts';
import type { StreamEntry } from './stream-record.ts';

/** Which function reads which table's stream. */
export interface StreamMapping {
  readonly table: string;
  readonly functionName: string;
  readonly functionArn: string;
  readonly batchSize: number;
  readonly windowSeconds: number;
  /** Changed and removed rows are passed over. */
  readonly onlyInserts: boolean;
}

/** Delivery of table streams to functions, as Lambda's event source mappings do it. */
export interface Streams extends TimeSource {
  /** Something may have been written: look soon. */
  touched(): void;
  /** Called with every new record, before any function sees it. */
  onRecord(listener: (table: string, record: StreamEntry) => void): void;
  /**
   * True when records are not being gathered, or all that may be has been handed over. Else they are gathered no longer,
   * until it has.
   */
  caughtUp(): boolean;
  start(): Promise<void>;
  /** Hands over nothing more; resolves when what is under way has ended, at the latest after `grace` ms. */
  stop(grace: number): Promise<void>;
}

export interface StreamsOptions {
  readonly mappings: readonly StreamMapping[];
  readonly client: DynamoClient;
  /** Undefined when the database is not ours to look into: then it is polled every POLL ms. */
  readonly file: DatabaseFile | undefined;
  readonly store: Store;
  readonly queues: Queues;
  readonly lambda: LambdaHost & TextHost;
  readonly clock: Clock & { lazy(): boolean };
  readonly arns: Arns;
  readonly warn: (line: string) => void;
}

const POLL = 100;
const SAVE_AFTER = 20;

interface Table {
  readonly name: string;
  readonly reader: StreamReader;
  /** A record of it that was read from the file. */
  readonly entryOf: ((stored: StoredRecord) => StreamEntry) | undefined;
  readonly consumers: StreamConsumer[];
}

/** Dead letters of a stream lie under this name, and are handed to the function again by a redrive. */
const streamQueue = (functionName: string) => `stream-${functionName}`;

export function createStreams(options: StreamsOptions): Streams {
  const { client, file, store, queues, lambda, clock, arns, warn } = options;
  store.db.exec(
    'CREATE TABLE IF NOT EXISTS stream_checkpoint (function TEXT, stream TEXT, sequence TEXT NOT NULL, PRIMARY KEY (function, stream)) STRICT',
  );
  const checkpoints = store.prepare('SELECT sequence FROM stream_checkpoint WHERE function = ? AND stream = ?');
  const saveCheckpoint = store.prepare(
    'INSERT INTO stream_checkpoint VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET sequence = excluded.sequence',
  );
  const listeners: ((table: string, record: StreamEntry) => void)[] = [];
  const tables: Table[] = [];
  let polling = false;
  /** Up to where the file was read, in the order of all its tables; undefined until the tables were read one by one. */
  let read: number | undefined;
  let dirty = true;
  let stopped = true;
  let hurrying = false;
  let timer: NodeJS.Timeout | undefined;
  let failures = 0;
  const unsaved = new Map<string, () => void>();
  let saving: NodeJS.Timeout | undefined;

  /**
   * Checkpoints reach the disk a moment later, many in one commit. A process that is killed in between delivers those
   * few batches again, as AWS may at any time.
   */
  function keep(functionName: string, stream: string, sequence: string): void {
    unsaved.set(`${functionName} ${stream}`, () => void saveCheckpoint.run(functionName, stream, sequence));
    saving ??= setTimeout(save, SAVE_AFTER);
  }
  function save(): void {
    clearTimeout(saving);
    saving = undefined;
    if (unsaved.size > 0)
      store.transaction(() => {
        for (const write of unsaved.values()) write();
      });
    unsaved.clear();
  }

  const consumers = () => tables.flatMap((table) => table.consumers);
  /** Only after something has happened that may have written: a look costs little, but there are many. */
  const unread = () => !stopped && dirty;

  async function open(name: string, mappings: readonly StreamMapping[]): Promise<Table> {
    const stream = await streamOf(client, name);
    if (!stream) throw new Error(`table ${name} has no stream`);
    const ourArn = arns.stream(name, stream.label);
    const saved = mappings.map(
      (mapping) => checkpoints.get(mapping.functionName, ourArn)?.['sequence'] as string | undefined,
    );
    const places = saved.filter((place) => place !== undefined).sort(compareSequence);
    const place = { table: name, ourArn, region: arns.aws.region, now: clock.now };
    const ofFile = file && fileSource({ file, view: stream.view, ...place });
    const source = ofFile ?? apiSource({ client, arn: stream.arn, ...place });
    const first = saved.includes(undefined) ? undefined : places[0];
    for (const [index, place] of saved.entries()) {
      if (place === undefined || (await source.has(place))) continue;
      const oldest = (await source.after(undefined, 1))[0]?.sequence;
      warn(
        `the stream of ${name} no longer has the place where ${mappings[index]?.functionName} stopped (${place}): it goes on from the oldest record there is (${oldest ?? 'none'}), and changes in between were not delivered`,
      );
      saved[index] = undefined;
    }
    const shared = createStreamReader(source, saved.includes(undefined) ? undefined : first);
    return {
      name,
      reader: shared,
      entryOf: ofFile?.entryOf,
      consumers: mappings.map((mapping, index) =>
        createStreamConsumer({
          ...mapping,
          lambda,
          reader: shared,
          from: saved[index],
          now: clock.now,
          gathering: () => clock.lazy() && !hurrying,
          checkpoint: (sequence) => keep(mapping.functionName, ourArn, sequence),
          bury: (record, error, tries) => {
            warn(
              `${mapping.functionName} failed ${tries} times on one record of ${name}; it is among the dead letters: ${error}`,
            );
            queues.store.buryBody(streamQueue(mapping.functionName), record.json(), error, clock.now(), tries);
          },
          changed: clock.changed,
          warn,
        }),
      ),
    };
  }

  const tell = (table: string, record: StreamEntry) => {
    for (const listener of listeners) listener(table, record);
  };

  async function poll(): Promise<void> {
    polling = true;
    dirty = false;
    try {
      if (file !== undefined && read !== undefined) read = readNews(file, read);
      else {
        // Before the records: what is written in between is read twice, and taken once.
        const newest = file?.newest();
        await Promise.all(tables.map(readOn));
        read = newest;
      }
      failures = 0;
    } catch (error) {
      failures++;
      if (failures === 1 || failures % 100 === 0) warn(`streams cannot be read: ${String(error)}`);
      dirty = true;
      // The database is being started again; do not spin until then.
      await new Promise((resolve) => setTimeout(resolve, POLL));
    } finally {
      polling = false;
    }
  }

  async function readOn({ name, reader }: Table): Promise<void> {
    let records: readonly StreamEntry[];
    do {
      records = await reader.poll();
      for (const record of records) tell(name, record);
    } while (records.length >= PAGE);
  }

  /** What was written to any table behind a place in the file, in one look; the place up to which that was read. */
  function readNews(of: DatabaseFile, from: number): number {
    let place = from;
    for (;;) {
      const news = of.news(place, PAGE);
      for (const stored of news) {
        place = stored.id;
        const table = tables.find(({ name }) => name === stored.table);
        const record = table?.entryOf?.(stored);
        if (table !== undefined && record !== undefined && table.reader.take(record)) tell(table.name, record);
      }
      if (news.length < PAGE) return place;
    }
  }

  return {
    name: 'streams',
    nextDue() {
      if (stopped) return undefined;
      const now = clock.now();
      if (!polling && unread()) return now;
      let next: number | undefined;
      for (const consumer of consumers()) {
        const at = consumer.ready(now) ? now : consumer.retryAt();
        if (at !== undefined && (next === undefined || at < next)) next = at;
      }
      return next;
    },
    fireDue(now) {
      for (const consumer of consumers()) consumer.advance(now);
      if (polling || !unread()) return;
      void poll().then(() => {
        // What is handed over while everything stops is answered by nobody.
        if (!stopped) for (const consumer of consumers()) consumer.advance(clock.now());
        clock.changed();
      });
    },
    busy: () => polling || consumers().some((consumer) => consumer.running()) || unread(),
    working: () => [
      ...(polling ? ['reading of streams'] : []),
      ...consumers()
        .filter((consumer) => consumer.running())
        .map((consumer) => `stream to ${consumer.functionName}`),
    ],
    touched() {
      dirty = true;
      clock.changed();
    },
    onRecord: (listener) => void listeners.push(listener),
    caughtUp() {
      hurrying = clock.lazy() && !stopped;
      if (!hurrying) return true;
      const now = clock.now();
      hurrying = polling || unread() || consumers().some((one) => one.running() || one.ready(now));
      return !hurrying;
    },
    async start() {
      for (const name of new Set(options.mappings.map((mapping) => mapping.table)))
        tables.push(
          await open(
            name,
            options.mappings.filter((mapping) => mapping.table === name),
          ),
        );
      for (const mapping of options.mappings)
        queues.consume(streamQueue(mapping.functionName), {
          batchSize: 1,
          maxReceive: 3,
          async deliver(messages) {
            const Records = messages.map((message) => JSON.parse(message.body) as unknown);
            const result = await lambda.invoke(mapping.functionArn, { Records });
            if (!result.ok) throw new Error(failureOf(result));
            return new Map();
          },
        });
      stopped = false;
      timer = setInterval(() => {
        if (!file || file.newest() !== read || consumers().some((consumer) => consumer.behind())) {
          dirty = true;
          clock.changed();
        }
      }, POLL);
      clock.changed();
    },
    async stop(grace) {
      stopped = true;
      clearInterval(timer);
      const end = performance.now() + grace;
      while ((polling || consumers().some((consumer) => consumer.running())) && performance.now() < end)
        await new Promise((resolve) => setTimeout(resolve, 5));
      save();
    },
  };
}
