import { CommandError } from './command.ts';

/** The console port of a running stack, as a command uses it. Errors are sentences for the person at the keyboard. */
export interface StackClient {
  get<T = Record<string, unknown>>(path: string): Promise<T>;
  put<T = Record<string, unknown>>(path: string, body: unknown): Promise<T>;
  post<T = Record<string, unknown>>(path: string, body: unknown): Promise<T>;
}

/** The code of the error when nothing answers at the port. */
export const NO_STACK = 'NoStack';

/**
 * @throws CommandError (every call) with the words of the stack and its code, or NO_STACK where there is none
 */
export function stackClient(consolePort: number): StackClient {
  const url = `http://127.0.0.1:${consolePort}`;
  const call = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    let response: Response;
    try {
      response = await fetch(`${url}${path}`, {
        method,
        ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
      });
    } catch (cause) {
      throw new CommandError(
        `No Pergola answers at ${url}. Start it with "npm start", or say where it is with --console-port.`,
        NO_STACK,
        { cause },
      );
    }
    const answer = (await response.json().catch(() => ({}))) as Record<string, unknown>;
    if (!response.ok)
      throw new CommandError(sentence(answer) ?? `${method} ${path} answered ${response.status}.`, codeOf(answer));
    return answer as T;
  };
  return {
    get: (path) => call('GET', path),
    put: (path, body) => call('PUT', path, body),
    post: (path, body) => call('POST', path, body),
  };
}

/** The API says errors in two languages, the local endpoint in one. Diagnostics say which part of a file is wrong. */
function sentence(answer: Record<string, unknown>): string | undefined {
  const { error, message } = answer as { error?: { message?: string | { en: string } }; message?: string };
  const first = typeof error?.message === 'string' ? error.message : (error?.message?.en ?? message);
  const diagnostics = (answer['diagnostics'] ?? []) as { field?: string; message: { en: string } }[];
  const rest = diagnostics.slice(0, 5).map(({ field, message }) => `\n  ${field ?? ''} ${message.en}`);
  return first === undefined ? undefined : `${first}${rest.join('')}`;
}

const codeOf = (answer: Record<string, unknown>): string | undefined =>
  (answer['error'] as { code?: string } | undefined)?.code;
