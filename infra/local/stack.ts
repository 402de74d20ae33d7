import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { getRequestListener } from '@hono/node-server';
import { FUNCTIONS, STEP_ALIAS, TABLES, type TableSpec } from '../topology.ts';
import { createArns } from './arns.ts';
import { createClock, type StackClock } from './clock.ts';
import { buildConsole, type ConsoleBuild } from './console/build.ts';
import { consoleApp } from './console/console.ts';
import { functionRoutes } from './console/functions.ts';
import { type DataFolder, openDataFolder } from './data-folder.ts';
import { createDynamoClient } from './dynamodb/client.ts';
import { watchDatabaseFile } from './dynamodb/file.ts';
import { type DatabaseProcess, startDatabase } from './dynamodb/process.ts';
import { ensureTable } from './dynamodb/tables.ts';
import { createDynamoProxy } from './endpoint/dynamodb-proxy.ts';
import { createEndpoint } from './endpoint/endpoint.ts';
import { createEventBridge } from './event-bridge/index.ts';
import { hostedFunctions, httpRoutes, streamMappings } from './functions.ts';
import { createHealth } from './health.ts';
import { installPack } from './install-pack.ts';
import { applyEnvironment, functionEnvironment } from './lambda/environment.ts';
import { createHost } from './lambda/host.ts';
import { closeServer, listen } from './listen.ts';
import { localApi } from './local-api.ts';
import { functionFullName, tableFullName } from './names.ts';
import { openQueueStore } from './queues/queue-store.ts';
import { createQueues } from './queues/queues.ts';
import { createSchedule } from './schedule/schedule.ts';
import { createSqs } from './sqs/sqs.ts';
import type { StackOptions } from './stack-options.ts';
import { StartError } from './start-error.ts';
import { createStepFunctions } from './step-functions/index.ts';
import { openMemory, openStore, type Store } from './store.ts';
import { createStreams } from './streams/streams.ts';
import { AwsError, type AwsService } from './time-source.ts';
import { wire } from './wire.ts';

export interface Stack {
  readonly urls: {
    /** For the AWS SDK and CLI. */
    readonly endpoint: string;
    readonly console: string;
    /** The database itself, without the endpoint in between. */
    readonly dynamodb: string;
  };
  readonly data: string;
  readonly clock: StackClock;
  /** Resolves when health says ready. */
  ready(): Promise<void>;
  /** Stops taking work, lets what is under way end (at most some seconds), and frees ports and files. */
  close(): Promise<void>;
  /** The process ids that belong to it besides this process, for tests that kill them. */
  pids(): { dynoxide: number | undefined };
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Starts the whole local AWS in this process (plus dynoxide beside it). One stack a process: functions share the
 * environment and the clock of the process.
 *
 * Throws StartError with one sentence for the person who started it.
 */
export async function startStack(options: StackOptions): Promise<Stack> {
  const { root = ROOT, functions = FUNCTIONS, quiet = false, log = console.log } = options;
  const say = (line: string) => void (quiet || log(line));
  const warn = (line: string) => log(`[pergola] ${line}`);
  const arns = createArns({
    account: options.account ?? '000000000000',
    region: options.region ?? process.env['AWS_REGION'] ?? 'us-east-1',
  });
  /** Undone in reverse order, by close() and when the start fails half-way. */
  const undo: (() => unknown)[] = [];
  const unwind = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };

  try {
    // Ports first: the likeliest trouble costs nothing then. They answer 503 until all is there.
    const endpointServer = holdPort();
    const consoleServer = holdPort();
    undo.push(() => Promise.all([closeServer(endpointServer.server), closeServer(consoleServer.server)]));
    const folder = openDataFolder(options.data, options.fresh ?? false);
    undo.push(folder.release);
    const port = await listen(endpointServer.server, options.port, '--port');
    const consolePort = await listen(consoleServer.server, options.consolePort, '--console-port');

    const database = await openDatabase(folder, warn);
    undo.push(database.stop);
    const store = openStackStore(folder);
    undo.push(store.close);

    const urls = {
      endpoint: `http://127.0.0.1:${port}`,
      console: `http://127.0.0.1:${consolePort}`,
      dynamodb: database.url,
    };
    applyEnvironment(functionEnvironment({ arns, endpoint: urls.endpoint, dynamodb: urls.dynamodb }));

    const memory = openMemory(store);
    const use = () => {
      if (!used) memory.set('used', true);
      used = true;
    };
    let used = memory.get<boolean>('used') ?? false;
    const clock = createClock({ memory, used: () => used, warn });
    (globalThis as { [key: symbol]: unknown })[Symbol.for('pergola.clock')] = clock.now;

    const lambda = createHost({ functions: hostedFunctions(functions, root), arns, alias: STEP_ALIAS, log: warn });
    const loading = lambda.load();
    const client = createDynamoClient(urls.dynamodb, arns.aws.region);
    undo.push(client.close);
    await Promise.all(
      Object.entries<TableSpec>(TABLES).map(([name, spec]) => ensureTable(client, tableFullName(name), spec)),
    );
    const file = database.local ? watchDatabaseFile(folder.dynamodb, warn) : undefined;
    if (file) undo.push(file.close);

    const queues = createQueues(openQueueStore(store), clock);
    const events = createEventBridge({
      store,
      queues,
      lambda,
      clock,
      arns,
      unwatchedSources: ['pergola', 'aws.states'],
      onEvent: use,
    });
    const sqs = createSqs({ store, queues, clock, arns });
    const services: AwsService[] = [events, sqs];
    const stepFunctions = createStepFunctions({
      file: folder.stepFunctions,
      clock,
      lambda,
      account: arns.aws.account,
      region: arns.aws.region,
      onStatusChange: (detail) =>
        events.emit({
          source: 'aws.states',
          detailType: 'Step Functions Execution Status Change',
          detail,
          resources: [detail.executionArn],
        }),
      call: callService(services, client),
    });
    undo.push(() => stepFunctions.close());
    services.push({
      target: stepFunctions.target,
      handle(operation, body) {
        if (operation === 'StartExecution') use();
        return stepFunctions.handle(operation, body);
      },
    });

    const streams = createStreams({
      mappings: streamMappings(functions, arns),
      client,
      file,
      store,
      queues,
      lambda,
      clock,
      arns,
      warn,
    });
    const schedules = Object.entries(functions).flatMap(([name, { trigger }]) =>
      trigger.type === 'schedule'
        ? [
            createSchedule({
              functionName: functionFullName(name),
              functionArn: arns.fn(functionFullName(name), STEP_ALIAS),
              ruleName: functionFullName(name),
              everySeconds: trigger.everySeconds,
              ...(trigger.dueTable
                ? { due: { table: tableFullName(trigger.dueTable), index: 'due', attribute: 'dueAt' } }
                : {}),
              client,
              lambda,
              clock,
              arns,
              warn,
            }),
          ]
        : [],
    );
    for (const schedule of schedules) streams.onRecord(schedule.watch);
    streams.onRecord(use);
    lambda.onEnd(streams.touched);
    wire({ functions, events, queues, lambda, arns, clock });
    for (const source of [queues, streams, stepFunctions, ...schedules, asSource(lambda)]) clock.add(source);

    const build: ConsoleBuild = options.console === false ? noConsole : buildConsole(root, say);
    undo.push(() => build.stop());
    const health = createHealth({ client, queues, lambda, build, urls, data: folder.path });
    const local = localApi({ clock, queues, events, health: health.report });
    const proxy = createDynamoProxy(urls.dynamodb);
    undo.push(proxy.close);
    endpointServer.serve(
      createEndpoint({
        aws: arns.aws,
        services,
        dynamodb: proxy,
        lambda,
        local: getRequestListener(local.fetch),
        onWrite: streams.touched,
      }),
    );
    const app = consoleApp({
      local,
      functions: functionRoutes({ routes: httpRoutes(functions), lambda, aws: arns.aws, clock }),
      build,
      folder: join(root, 'dist', 'console'),
    });
    consoleServer.serve(getRequestListener(app.fetch));

    for (const problem of await loading) {
      health.problem(problem);
      warn(problem);
    }
    await streams.start();
    await Promise.all(schedules.map((schedule) => schedule.start()));
    clock.start();
    undo.push(async () => {
      await patience(quietly([lambda.stop(), queues.stop(), streams.stop()]), 5000);
    });
    undo.push(() => clock.stop(), ...schedules.map((schedule) => () => schedule.stop()));
    if (options.pack !== false) await installPack(urls.console, say, warn);
    health.started();

    let closing: Promise<void> | undefined;
    return {
      urls,
      data: folder.path,
      clock,
      ready: () => health.ready,
      close: () => (closing ??= unwind()),
      pids: () => ({ dynoxide: database.pid() }),
    };
  } catch (error) {
    await unwind();
    throw error;
  }
}

/** A server that says "not yet" until it is given what it serves. */
function holdPort(): { server: Server; serve: (listener: Server | ReturnType<typeof getRequestListener>) => void } {
  const server = createServer((_, response) => {
    response.writeHead(503, { 'content-type': 'application/json', 'retry-after': '1' });
    response.end('{"ready":false,"message":"Pergola is starting."}');
  });
  return {
    server,
    serve(listener) {
      server.removeAllListeners('request');
      if (typeof listener === 'function') server.on('request', listener);
      else for (const each of listener.listeners('request')) server.on('request', each as never);
      server.keepAliveTimeout = 65_000;
    },
  };
}

/** dynoxide as a child, or the database that DYNAMODB_ENDPOINT names. */
async function openDatabase(
  folder: DataFolder,
  warn: (line: string) => void,
): Promise<Pick<DatabaseProcess, 'url' | 'stop' | 'pid'> & { local: boolean }> {
  const given = process.env['DYNAMODB_ENDPOINT'];
  if (given) return { url: given, stop: async () => {}, pid: () => undefined, local: false };
  return { ...(await startDatabase({ file: folder.dynamodb, pidFile: folder.pid, warn })), local: true };
}

function openStackStore(folder: DataFolder): Store {
  try {
    return openStore(folder.stack);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new StartError(
      'DataFolderBroken',
      `${folder.stack} cannot be opened: ${why}. Begin anew with --fresh, or choose another folder with --data.`,
    );
  }
}

/** What state machines may call besides functions: the services of the endpoint, and the database. */
function callService(services: readonly AwsService[], client: ReturnType<typeof createDynamoClient>) {
  const targets: Readonly<Record<string, string>> = {
    events: 'AWSEvents',
    eventbridge: 'AWSEvents',
    sqs: 'AmazonSQS',
    sfn: 'AWSStepFunctions',
  };
  return async (service: string, operation: string, parameters: unknown): Promise<unknown> => {
    if (service === 'dynamodb') return client.call(operation, parameters);
    const found = services.find((one) => one.target === targets[service]);
    if (!found) throw new AwsError('NotEmulated', `${service} is not emulated here.`, 501);
    return found.handle(operation, (parameters ?? {}) as Record<string, unknown>);
  };
}

const asSource = (host: { name: string; busy(): boolean; working?(): readonly string[] }) => ({
  name: host.name,
  nextDue: () => undefined,
  fireDue: () => {},
  busy: host.busy,
  ...(host.working ? { working: host.working } : {}),
});

const noConsole: ConsoleBuild = {
  state: () => 'absent',
  problem: () => undefined,
  done: Promise.resolve(),
  stop: () => {},
};
const quietly = (all: readonly Promise<unknown>[]) => Promise.allSettled(all);
const patience = (work: Promise<unknown>, ms: number) =>
  Promise.race([work, new Promise((resolve) => setTimeout(resolve, ms))]);
