import { CommandError } from './command.ts';
import { refusalText } from './say.ts';

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
        {
          zh: `${url} 上没有 Pergola。先用 npm start 启动，或用 --console-port 指明它在哪里。`,
          en: `No Pergola answers at ${url}. Start it with "npm start", or say where it is with --console-port.`,
        },
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

/** What a refusal of the API says for the person at the keyboard; the services of AWS say it in one language. */
function sentence(answer: Record<string, unknown>): string | undefined {
  const { message } = answer as { message?: string };
  return refusalText(answer) ?? message;
}

const codeOf = (answer: Record<string, unknown>): string | undefined =>
  (answer['error'] as { code?: string } | undefined)?.code;
