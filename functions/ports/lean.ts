interface Client {
  readonly middlewareStack: { remove(name: string): boolean };
}

/** Without the SDK's own log line: no logger is set, but its inputs and outputs would be filtered for one on each call. */
export function lean<T extends Client>(client: T): T {
  client.middlewareStack.remove('loggerMiddleware');
  return client;
}
