import { randomUUID } from 'node:crypto';
import type { Arns } from '../arns.ts';
import type { FunctionLogs } from '../logs/function-logs.ts';
import type { LambdaHost, LambdaResult, TextHost, TimeSource } from '../time-source.ts';
import { createContext } from './context.ts';

/** A function that the host can run. `handler` is loaded once, before the first invocation. */
export interface HostedFunction {
  /** Full name, e.g. `pergola-events-ingest`. */
  readonly name: string;
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
  readonly load: () => Promise<Handler>;
}

export type Handler = (event: unknown, context: unknown) => unknown;

/** Runs the handlers in this process, with Lambda's event, context, limits and error shapes. */
export interface Host extends LambdaHost, TextHost, TimeSource {
  /** The full name of a function given by name or ARN, or undefined when it is not here. */
  nameOf(functionNameOrArn: string): string | undefined;
  names(): string[];
  /** A function by its full name. */
  describe(name: string): Pick<HostedFunction, 'name' | 'timeoutSeconds' | 'memoryMb'> | undefined;
  /** Loads every function; resolves to a sentence for each that cannot be loaded. */
  load(): Promise<string[]>;
  /** Called after each invocation, before anybody is told that it ended. */
  onEnd(listener: (functionName: string) => void): void;
  /**
   * Takes no new invocations; resolves when those under way have ended, at the latest after `grace` ms. Later ends are
   * told to nobody.
   */
  stop(grace: number): Promise<void>;
}

export interface HostOptions {
  readonly functions: readonly HostedFunction[];
  readonly arns: Arns;
  /** The alias through which functions are called. `$LATEST` and no qualifier work too. */
  readonly alias: string;
  /** Where what the functions print is kept. */
  readonly logs?: FunctionLogs;
  readonly log?: (line: string) => void;
}

/** Lambda's own limit for the payload of a synchronous call. */
const MAX_PAYLOAD = 6 * 1024 * 1024;

export function createHost(options: HostOptions): Host {
  const { arns, alias, logs, log = () => {} } = options;
  const functions = new Map(options.functions.map((fn) => [fn.name, { fn, handler: undefined as Loaded | undefined }]));
  const running = new Map<string, { name: string; since: number }>();
  const listeners: ((functionName: string) => void)[] = [];
  let stopped = false;
  let abandoned = false;
  let drained: (() => void) | undefined;

  const find = (nameOrArn: string) => {
    const target = parseFunctionName(nameOrArn, arns);
    if (!target || (target.qualifier && target.qualifier !== alias && target.qualifier !== '$LATEST')) return undefined;
    return functions.get(target.name);
  };
  const load = (entry: { fn: HostedFunction; handler: Loaded | undefined }) =>
    (entry.handler ??= settle(entry.fn.load()));

  async function run(fn: HostedFunction, handler: Handler, event: unknown, requestId: string): Promise<LambdaResult> {
    let timer: NodeJS.Timeout | undefined;
    const deadline = Date.now() + fn.timeoutSeconds * 1000;
    const timeout = new Promise<LambdaResult>((resolve) => {
      timer = setTimeout(() => {
        const errorMessage = `RequestId: ${requestId} Error: Task timed out after ${fn.timeoutSeconds.toFixed(2)} seconds`;
        resolve({ ok: false, errorType: 'Sandbox.Timedout', errorMessage });
      }, fn.timeoutSeconds * 1000);
    });
    const work = (async (): Promise<LambdaResult> => {
      try {
        const logStream = logs?.streamOf() ?? 'local';
        const context = createContext({ fn, arn: arns.fn(fn.name, alias), requestId, deadline, logStream });
        return returned(await handler(event, context), requestId);
      } catch (error) {
        return thrown(error);
      }
    })();
    try {
      return await Promise.race([work, timeout]);
    } finally {
      clearTimeout(timer);
    }
  }

  function watched(fn: HostedFunction, handler: Handler, event: unknown, requestId: string): Promise<LambdaResult> {
    const work = () => run(fn, handler, event, requestId);
    return logs ? logs.during({ functionName: fn.name, requestId, memoryMb: fn.memoryMb }, work) : work();
  }

  async function invokeText(nameOrArn: string, json: string): Promise<LambdaResult> {
    const entry = find(nameOrArn);
    if (!entry) return { ok: false, notFound: true };
    const requestId = randomUUID();
    // Whoever waits is not told of a failure that is only ours: what it was for is done again after the next start.
    if (stopped) return never();
    const event: unknown = JSON.parse(json);
    running.set(requestId, { name: entry.fn.name, since: Date.now() });
    try {
      const loaded = await load(entry);
      const result: LambdaResult = loaded.ok
        ? await watched(entry.fn, loaded.handler, event, requestId)
        : { ok: false, errorType: 'Runtime.ImportModuleError', errorMessage: loaded.why };
      if (abandoned) return await never();
      if (!result.ok && 'errorType' in result) log(`${entry.fn.name}: ${result.errorType}: ${result.errorMessage}`);
      return result;
    } finally {
      if (!abandoned) for (const listener of listeners) listener(entry.fn.name);
      running.delete(requestId);
      if (running.size === 0) drained?.();
    }
  }

  return {
    name: 'functions',
    // It has no moments of its own, but time waits for what it runs.
    nextDue: () => undefined,
    fireDue: () => {},
    invoke: (nameOrArn, payload) => invokeText(nameOrArn, JSON.stringify(payload ?? null)),
    invokeText,
    nameOf: (nameOrArn) => find(nameOrArn)?.fn.name,
    names: () => [...functions.keys()],
    describe: (name) => functions.get(name)?.fn,
    async load() {
      const loaded = await Promise.all(
        [...functions.values()].map(async (entry) => ({ entry, loaded: await load(entry) })),
      );
      return loaded.flatMap(({ entry, loaded }) => (loaded.ok ? [] : [`${entry.fn.name}: ${loaded.why}`]));
    },
    onEnd: (listener) => void listeners.push(listener),
    busy: () => running.size > 0,
    working: () =>
      [...running.values()].map(
        ({ name, since }) => `function ${name} (for ${Math.round((Date.now() - since) / 1000)} s)`,
      ),
    async stop(grace) {
      stopped = true;
      if (running.size > 0) {
        const ended = new Promise<void>((resolve) => {
          drained = resolve;
        });
        await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, grace).unref())]);
      }
      abandoned = true;
    },
  };
}

const never = () => new Promise<never>(() => {});

type Loaded = Promise<{ ok: true; handler: Handler } | { ok: false; why: string }>;

const settle = (loading: Promise<Handler>): Loaded =>
  loading.then(
    (handler) => ({ ok: true, handler }) as const,
    (error: unknown) => ({ ok: false, why: error instanceof Error ? error.message : String(error) }) as const,
  );

/** Accepts a name, `name:qualifier`, a partial ARN `account:function:name` and a full ARN, each with a qualifier or not. */
function parseFunctionName(text: string, arns: Arns): { name: string; qualifier?: string } | undefined {
  const full = /^(?:arn:aws:lambda:([^:]+):)?(?:(\d{12}):function:)?([\w-]+)(?::([\w$-]+))?$/.exec(text);
  if (!full) return undefined;
  const [, region, account, name, qualifier] = full;
  if (!name || (region && region !== arns.aws.region) || (account && account !== arns.aws.account)) return undefined;
  return qualifier === undefined ? { name } : { name, qualifier };
}

function returned(value: unknown, requestId: string): LambdaResult {
  const text = JSON.stringify(value ?? null) ?? 'null';
  if (text.length > MAX_PAYLOAD)
    return {
      ok: false,
      errorType: 'Function.ResponseSizeTooLarge',
      errorMessage: `RequestId: ${requestId} Response payload size exceeded maximum allowed payload size (${MAX_PAYLOAD} bytes).`,
    };
  return { ok: true, payload: JSON.parse(text) as unknown };
}

function thrown(error: unknown): LambdaResult {
  if (!(error instanceof Error)) {
    // As the Node runtime does for `throw 'text'`.
    return { ok: false, errorType: typeof error, errorMessage: String(error), trace: [] };
  }
  const trace = (error.stack ?? `${error.name}: ${error.message}`).split('\n').map((line) => line.trim());
  return { ok: false, errorType: error.name, errorMessage: error.message, trace };
}
