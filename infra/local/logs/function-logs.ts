import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes } from 'node:crypto';
import type { Clock } from '../time-source.ts';
import type { LogLine, LogStore } from './log-store.ts';

/**
 * What the hosted functions print, as lines of `/aws/lambda/<name>`, with Lambda's own lines around each invocation. All
 * functions share this process, so what is printed belongs to the invocation in whose course it was printed.
 */
export interface FunctionLogs {
  /** Does the work of an invocation and gathers what is printed meanwhile. */
  during<T>(invocation: Invocation, work: () => Promise<T>): Promise<T>;
  streamOf(): string;
  /** Writes what was gathered; done now and then by itself. A kill -9 loses at most what half a second had printed. */
  flush(): void;
  /** Stops gathering. */
  stop(): void;
}

interface Invocation {
  readonly functionName: string;
  readonly requestId: string;
  readonly memoryMb: number;
}

/** Lines wait so long (ms of real time), or until there are so many, to be written together. */
const FLUSH_AFTER = 500;
const FLUSH_AT = 2000;
const DAY = 86_400_000;
/** AWS cuts longer lines, too. */
const LONGEST = 256 * 1024;

export const groupOf = (functionName: string) => `/aws/lambda/${functionName}`;

export function gatherFunctionLogs(store: LogStore, clock: Clock): FunctionLogs {
  const current = new AsyncLocalStorage<Invocation>();
  const instance = randomBytes(16).toString('hex');
  const waiting = new Map<string, LogLine[]>();
  let count = 0;
  let timer: NodeJS.Timeout | undefined;

  let today = { day: Number.NaN, stream: '' };
  function streamOf(): string {
    const day = Math.floor(clock.now() / DAY);
    if (day !== today.day) {
      const date = new Date(day * DAY).toISOString().slice(0, 10).replaceAll('-', '/');
      today = { day, stream: `${date}/[$LATEST]${instance}` };
    }
    return today.stream;
  }

  function add(functionName: string, message: string): void {
    const group = groupOf(functionName);
    const lines = waiting.get(group) ?? [];
    waiting.set(group, lines);
    lines.push({ stream: streamOf(), at: clock.now(), message: message.slice(0, LONGEST) });
    if (++count >= FLUSH_AT) flush();
    else timer ??= setTimeout(flush, FLUSH_AFTER).unref();
  }

  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    if (count === 0) return;
    const all = [...waiting];
    waiting.clear();
    count = 0;
    for (const [group, lines] of all) store.add(group, lines, clock.now());
  }

  function printed(chunk: unknown): void {
    const invocation = current.getStore();
    if (!invocation) return;
    const text = typeof chunk === 'string' ? chunk : Buffer.from(chunk as Uint8Array).toString();
    const message = text.replace(/\n$/, '');
    if (message !== '') add(invocation.functionName, message);
  }
  const restore = [tap(process.stdout, printed), tap(process.stderr, printed)];

  return {
    during(invocation, work) {
      const { functionName, requestId, memoryMb } = invocation;
      add(functionName, `START RequestId: ${requestId} Version: $LATEST`);
      const began = performance.now();
      return current.run(invocation, work).finally(() => {
        const ms = performance.now() - began;
        add(functionName, `END RequestId: ${requestId}`);
        add(
          functionName,
          `REPORT RequestId: ${requestId}\tDuration: ${ms.toFixed(2)} ms\tBilled Duration: ${Math.ceil(ms)} ms\tMemory Size: ${memoryMb} MB`,
        );
      });
    },
    streamOf,
    flush,
    stop() {
      flush();
      for (const undo of restore) undo();
    },
  };
}

/** Lets somebody see what is written to a stream; gives what undoes it. */
function tap(stream: NodeJS.WriteStream, see: (chunk: unknown) => void): () => void {
  const write = stream.write;
  const tapped = function (this: NodeJS.WriteStream, ...all: Parameters<typeof write>) {
    see(all[0]);
    return write.apply(stream, all);
  } as typeof write;
  stream.write = tapped;
  return () => {
    // Another stack in this process may have tapped it later: then this one only goes deaf with the rest.
    if (stream.write === tapped) stream.write = write;
  };
}
