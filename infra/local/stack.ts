import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { getRequestListener } from '@hono/node-server';
import { FUNCTIONS, STEP_ALIAS } from '../topology.ts';
import { createArns } from './arns.ts';
import { createClock, type StackClock } from './clock.ts';
import { buildConsole, noConsole } from './console/build.ts';
import { consoleApp } from './console/console.ts';
import { functionRoutes } from './console/functions.ts';
import { openDataFolder } from './data-folder.ts';
import { openDatabase } from './dynamodb/open.ts';
import { createDynamoProxy } from './dynamodb/proxy.ts';
import { endpointListener } from './endpoint/endpoint.ts';
import { hostedFunctions, httpRoutes, streamMappings } from './functions.ts';
import { createHealth } from './health.ts';
import { installPack } from './install-pack.ts';
import { createDirectCalls } from './lambda/direct-calls.ts';
import { applyEnvironment, functionEnvironment } from './lambda/environment.ts';
import { createHost } from './lambda/host.ts';
import { closePort, holdPort, listen } from './listen.ts';
import { localApi } from './local-api.ts';
import { gatherFunctionLogs } from './logs/function-logs.ts';
import { openLogStore } from './logs/log-store.ts';
import { openQueueStore } from './queues/queue-store.ts';
import { createQueues } from './queues/queues.ts';
import { createSchedules } from './schedule/schedules.ts';
import { createServices } from './services.ts';
import type { StackOptions } from './stack-options.ts';
import { openFile, openMemory, openStore } from './store.ts';
import { createStreams } from './streams/streams.ts';
import { trimStreams } from './streams/trim.ts';
import { wire } from './wire.ts';

export type { StackOptions } from './stack-options.ts';

export interface Stack {
  readonly urls: {
    /** For the AWS SDK and CLI. */
    readonly endpoint: string;
    readonly console: string;
    /** The database itself, without the endpoint in between. */
    readonly dynamodb: string;
  };
  /** The data folder. */
  readonly data: string;
  readonly clock: StackClock;
  /** Resolves when the Console is built as well. Everything else answers already when startStack resolves. */
  readonly ready: Promise<void>;
  /** Stops taking work, lets what is under way end (at most 5 s), and frees ports and files. */
  close(): Promise<void>;
  /** The process that belongs to it besides this one, for tests that kill it. */
  pids(): { dynoxide: number | undefined };
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** What the functions' ports look for in the process that hosts them (functions/ports/clock, functions/ports/sdk). */
const hostGives = (name: string, value: unknown) => {
  (globalThis as { [key: symbol]: unknown })[Symbol.for(name)] = value;
};
/** How long close() waits for handlers that are at work; what they had not finished is delivered again. */
const LAST_WORDS = 5000;

/**
 * Starts the whole local AWS in this process (and dynoxide beside it). One stack a process: the functions share its
 * environment and its clock.
 *
 * Throws StartError, one sentence for the person who started it.
 */
export async function startStack(options: StackOptions): Promise<Stack> {
  const { root = ROOT, functions = FUNCTIONS, log = console.log } = options;
  const say = (line: string) => void (options.quiet || log(line));
  const warn = (line: string) => log(`[pergola] ${line}`);
  const region = options.region ?? process.env['AWS_REGION'] ?? 'us-east-1';
  const arns = createArns({ account: options.account ?? '000000000000', region });
  /** Undone in reverse order, by close() and when the start fails half-way. */
  const undo: (() => unknown)[] = [];
  const unwind = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };

  try {
    const folder = openDataFolder(options.data, options.fresh ?? false);
    undo.push(folder.release);
    const endpoint = holdPort();
    const consolePort = holdPort();
    undo.push(() => Promise.all([closePort(endpoint), closePort(consolePort)]));
    const urls = {
      endpoint: `http://127.0.0.1:${await listen(endpoint, options.port, '--port')}`,
      console: `http://127.0.0.1:${await listen(consolePort, options.consolePort, '--console-port')}`,
      dynamodb: '',
    };
    const store = openFile(folder.stack, openStore);
    undo.push(store.close);
    const database = await openDatabase(folder, region, warn, () =>
      openFile(folder.dynamodb, (file) => trimStreams(file, store, Date.now() / 1000)),
    );
    undo.push(database.close);
    urls.dynamodb = database.url;

    const memory = openMemory(store);
    let used = memory.get<boolean>('used') ?? false;
    const onUse = () => {
      if (!used) memory.set('used', true);
      used = true;
    };
    const clock = createClock({ memory, used: () => used, warn });
    applyEnvironment(functionEnvironment({ arns, endpoint: urls.endpoint, dynamodb: urls.dynamodb }));
    hostGives('pergola.clock', clock.now);

    const { client, file } = database;
    const logStore = openLogStore(store);
    const logs = gatherFunctionLogs(logStore, clock);
    undo.push(logs.stop);
    const hosted = hostedFunctions(functions, root);
    const lambda = createHost({ functions: hosted, arns, alias: STEP_ALIAS, logs, log: warn });
    const loading = lambda.load();
    const queues = createQueues(openQueueStore(store), clock);
    const proxy = createDynamoProxy(urls.dynamodb);
    undo.push(proxy.close);
    const services = createServices({
      store,
      stepFunctionsFile: folder.stepFunctions,
      queues,
      lambda,
      logs: { store: logStore, flush: logs.flush },
      clock,
      arns,
      client,
      proxy,
      endpoint: urls.endpoint,
      onUse,
      onWrite: () => streams.touched(),
    });
    undo.push(services.close);
    hostGives('pergola.calls', createDirectCalls({ client, reads: database.reads, call: services.call }));
    const mappings = streamMappings(functions, arns);
    const streams = createStreams({ mappings, client, file, store, queues, lambda, clock, arns, warn });
    const schedules = createSchedules(functions, { client, lambda, clock, arns, warn }, streams.caughtUp);
    for (const schedule of schedules) streams.onRecord(schedule.watch);
    streams.onRecord(onUse);
    lambda.onEnd(streams.touched);
    wire({ functions, events: services.events, sqs: services.sqs, queues, lambda, arns, clock });
    for (const source of [queues, streams, ...services.sources, ...schedules, lambda]) clock.add(source);

    const build = options.console === false ? noConsole : buildConsole(root, say);
    undo.push(build.stop);
    const consoleFolder = join(root, 'dist', 'console');
    const consoleServed = () => existsSync(join(consoleFolder, 'index.html'));
    const health = createHealth({ client, queues, lambda, build, consoleServed, urls, data: folder.path });
    const { events, mail, all } = services;
    const local = localApi({ clock, queues, events, mail, services: all, health: health.report });

    for (const problem of await loading) {
      health.problem(problem);
      warn(problem);
    }
    await streams.start();
    for (const schedule of schedules) await schedule.start();
    endpoint.serve(endpointListener({ services: all, clock, local: getRequestListener(local.fetch) }));
    const answerByFunction = functionRoutes({ routes: httpRoutes(functions), lambda, aws: arns.aws, clock });
    const app = consoleApp({ local, functions: answerByFunction, build, folder: consoleFolder });
    consolePort.serve(getRequestListener(app.fetch));
    clock.start();
    undo.push(async () => {
      clock.stop();
      for (const schedule of schedules) schedule.stop();
      // What is at work still needs the endpoint.
      const ended = Promise.all([lambda.stop(LAST_WORDS), queues.stop(), streams.stop(LAST_WORDS)]);
      await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, LAST_WORDS).unref())]);
      await Promise.all([closePort(endpoint), closePort(consolePort)]);
    });
    if (options.pack !== false) await installPack(urls.console, options.language, say, warn);
    health.started();

    let closing: Promise<void> | undefined;
    return {
      urls,
      data: folder.path,
      clock,
      ready: build.done,
      close() {
        closing ??= unwind();
        return closing;
      },
      pids: () => ({ dynoxide: database.pid() }),
    };
  } catch (error) {
    await unwind();
    throw error;
  }
}
