import type { ConsoleBuild } from './console/build.ts';
import type { DynamoClient } from './dynamodb/client.ts';
import type { Host } from './lambda/host.ts';
import type { Queues } from './queues/queues.ts';

/**
 * Whether everything answers, and if not, what does not.
 *
 * A Console that could not be built is always named as a problem. Where an earlier build is still there it is served
 * instead and the stack counts as ready; where there is none, the Console cannot be served and the stack is not ready.
 */
export interface Health {
  report(): Promise<{ ready: boolean } & Record<string, unknown>>;
  /** A lasting problem, e.g. a function that cannot be loaded. */
  problem(text: string): void;
  /** The start is over. */
  started(): void;
}

export function createHealth(options: {
  readonly client: DynamoClient;
  readonly queues: Queues;
  readonly lambda: Host;
  readonly build: ConsoleBuild;
  /** True when there are files of the Console to serve, of an earlier build perhaps. */
  readonly consoleServed: () => boolean;
  readonly urls: Readonly<Record<string, string>>;
  readonly data: string;
}): Health {
  const { client, queues, lambda, build, consoleServed, urls, data } = options;
  const problems: string[] = [];
  let begun = false;
  return {
    problem: (text) => void problems.push(text),
    started() {
      begun = true;
    },
    async report() {
      const dynamodb = await client.call('ListTables', { Limit: 1 }).then(
        () => 'up',
        (error: unknown) => `down: ${String(error)}`,
      );
      const consoleState = build.state();
      const failed = consoleState === 'failed';
      const noConsole = consoleState === 'building' || (failed && !consoleServed());
      const all = failed ? [...problems, consoleProblem(build.problem(), noConsole)] : problems;
      return {
        ready: begun && dynamodb === 'up' && !noConsole && problems.length === 0,
        services: { dynamodb, functions: lambda.names().length, console: consoleState },
        queues: queues.store.counts(),
        ...(all.length > 0 ? { problems: all } : {}),
        urls,
        data,
      };
    },
  };
}

const consoleProblem = (why: string | undefined, noConsole: boolean): string =>
  `The Console could not be built${noConsole ? '' : '; the build before is served'}: ${why ?? 'no reason was given'}`;
