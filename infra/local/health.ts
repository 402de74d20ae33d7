import type { ConsoleBuild } from './console/build.ts';
import type { DynamoClient } from './dynamodb/client.ts';
import type { Host } from './lambda/host.ts';
import type { Queues } from './queues/queues.ts';

/** Whether everything answers, and if not, what does not. */
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
  readonly urls: Readonly<Record<string, string>>;
  readonly data: string;
}): Health {
  const { client, queues, lambda, build, urls, data } = options;
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
      return {
        ready: begun && dynamodb === 'up' && consoleState !== 'building' && problems.length === 0,
        services: { dynamodb, functions: lambda.names().length, console: consoleState },
        queues: queues.store.counts(),
        ...(problems.length > 0 ? { problems } : {}),
        urls,
        data,
      };
    },
  };
}
