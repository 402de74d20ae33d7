import { CommandError } from '../command.ts';
import type { ReplayClock } from './put-in-time-order.ts';

/** The console port of a running stack, as a command uses it. Errors are sentences for the person at the keyboard. */
export interface StackClient {
  get(path: string): Promise<Record<string, unknown>>;
  put(path: string, body: unknown): Promise<Record<string, unknown>>;
  readonly clock: ReplayClock & { run(): Promise<void> };
}

export function stackClient(url: string): StackClient {
  const call = async (method: string, path: string, body?: unknown): Promise<Record<string, unknown>> => {
    let response: Response;
    try {
      response = await fetch(`${url}${path}`, {
        method,
        ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
      });
    } catch (cause) {
      throw new CommandError(
        `No Pergola answers at ${url}. Start it with "npm start", or say where it is with --console-port.`,
        undefined,
        { cause },
      );
    }
    const answer = (await response.json().catch(() => ({}))) as Record<string, unknown>;
    if (!response.ok)
      throw new CommandError(sentence(answer) ?? `${method} ${path} answered ${response.status}.`, codeOf(answer));
    return answer;
  };
  return {
    get: (path) => call('GET', path),
    put: (path, body) => call('PUT', path, body),
    clock: {
      now: async () => Date.parse((await call('GET', '/_local/clock'))['now'] as string),
      moveTo: async (instant) => void (await call('POST', '/_local/clock', { to: instant, freeze: true })),
      run: async () => void (await call('POST', '/_local/clock', { freeze: false })),
    },
  };
}

/** The API says errors in two languages, the local endpoint in one. Diagnostics say which part of a file is wrong. */
function sentence(answer: Record<string, unknown>): string | undefined {
  const error = answer['error'] as { message?: string | { en: string } } | undefined;
  const first = typeof error?.message === 'string' ? error.message : error?.message?.en;
  const diagnostics = (answer['diagnostics'] ?? []) as { field?: string; message: { en: string } }[];
  const rest = diagnostics.slice(0, 5).map(({ field, message }) => `\n  ${field ?? ''} ${message.en}`);
  return first === undefined ? undefined : `${first}${rest.join('')}`;
}

const codeOf = (answer: Record<string, unknown>): string | undefined =>
  (answer['error'] as { code?: string } | undefined)?.code;
