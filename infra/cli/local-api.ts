import { CommandError } from './command.ts';

/** Calls /_local of a running stack at its console port. Throws CommandError with what the stack, or its absence, says. */
export async function callLocal<T>(consolePort: number, path: string, body?: unknown): Promise<T> {
  const url = `http://127.0.0.1:${consolePort}/_local/${path}`;
  let response: Response;
  try {
    response = await fetch(url, {
      ...(body === undefined
        ? {}
        : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
  } catch {
    throw new CommandError(
      `No Pergola answers at http://127.0.0.1:${consolePort}. Start it with "npm start", or say where it is with --console-port.`,
    );
  }
  const answer = (await response.json().catch(() => ({}))) as T & { error?: { message?: string }; message?: string };
  if (response.ok) return answer;
  throw new CommandError(
    answer.error?.message ?? answer.message ?? `The stack answered ${response.status} to ${path}.`,
  );
}
