import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Stack, startStack } from '../../infra/local/stack.ts';

export interface RunningConsole {
  readonly url: string;
  /** Where an AWS SDK finds the stack. */
  readonly endpoint: string;
  /** Puts a Segment message through the HTTP intake, as an app does. */
  readonly send: (type: string, message: Record<string, unknown>) => Promise<void>;
  readonly call: <T>(method: string, path: string, body?: unknown) => Promise<T>;
  readonly close: () => Promise<void>;
}

/** The real stack with the built console, on free ports and a folder of its own. */
export async function openConsole(): Promise<RunningConsole> {
  const data = mkdtempSync(join(tmpdir(), 'pergola-browser-'));
  const stack: Stack = await startStack({ data, port: 0, consolePort: 0, fresh: true, quiet: true });
  await stack.ready;
  const url = stack.urls.console;
  const call = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const answer = await fetch(url + path, {
      method,
      headers: { 'content-type': 'application/json', authorization: `Basic ${btoa('local:')}` },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return (answer.status === 204 ? undefined : await answer.json()) as T;
  };
  return {
    url,
    endpoint: stack.urls.endpoint,
    call,
    send: async (type, message) => {
      await call('POST', `/v1/${type}`, message);
    },
    close: async () => {
      await stack.close();
      rmSync(data, { recursive: true, force: true });
    },
  };
}
