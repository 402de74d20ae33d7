import { handOver } from './hand-over.ts';
import { OneShotSha256 } from './one-shot-sha256.ts';

interface Client {
  readonly middlewareStack: { remove(name: string): boolean };
}

/** Given to every client. */
export const LEAN = { sha256: OneShotSha256 };

/**
 * Without what the SDK does on each call and nobody reads: its own log line (no logger is set, but inputs and outputs
 * would be filtered for one), and the user agent, put together anew each time. With `LEAN` a quarter of a call's work.
 * And without HTTP where the functions and the services share a process (hand-over.ts).
 */
export function lean<T extends Client>(client: T): T {
  client.middlewareStack.remove('loggerMiddleware');
  client.middlewareStack.remove('getUserAgentMiddleware');
  handOver(client);
  return client;
}
