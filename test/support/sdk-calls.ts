import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

/** All SDK clients have the same middleware stack; the type of one stands for all. */
type AnyClient = Pick<DynamoDBDocumentClient, 'middlewareStack'>;

export interface SdkCalls {
  /** Commands sent since the last reset, by name without `Command`. */
  readonly counts: () => Record<string, number>;
  readonly total: () => number;
  readonly reset: () => void;
  /** Leaves calls out of the counts. */
  readonly without: (which: (name: string, input: object) => boolean) => SdkCalls;
  /**
   * Breaks the n-th call from now (0 is the next one): before it reaches the service, or after, when the answer is lost.
   * Once; undefined takes it back.
   */
  readonly breakAt: (n: number | undefined, when?: 'before' | 'after') => void;
}

/** Counts what handlers ask of AWS, and breaks it where a story wants a crash. */
export function watchSdkCalls(...clients: AnyClient[]): SdkCalls {
  let counts: Record<string, number> = {};
  let left = (_name: string, _input: object): boolean => false;
  let broken: { in: number; when: 'before' | 'after' } | undefined;
  for (const client of clients) {
    client.middlewareStack.add(
      (next, context) => async (args) => {
        const name = String((context as { commandName?: string }).commandName).replace(/Command$/, '');
        if (!left(name, args.input)) counts[name] = (counts[name] ?? 0) + 1;
        const now = broken !== undefined && broken.in-- === 0 ? broken.when : undefined;
        if (now !== undefined) broken = undefined;
        if (now === 'before') throw new Crash();
        const answer = await next(args);
        if (now === 'after') throw new Crash();
        return answer;
      },
      { step: 'initialize', name: 'watchSdkCalls', override: true },
    );
  }
  const calls: SdkCalls = {
    counts: () => ({ ...counts }),
    total: () => Object.values(counts).reduce((a, b) => a + b, 0),
    reset: () => {
      counts = {};
    },
    breakAt: (n, when = 'before') => {
      broken = n === undefined ? undefined : { in: n, when };
    },
    without: (which) => {
      left = which;
      return calls;
    },
  };
  return calls;
}

export class Crash extends Error {}
