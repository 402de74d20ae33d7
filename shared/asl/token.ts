/** Task tokens: the execution's own id and the task's number, so that no table of tokens is needed. */
import { decodeBase64, encodeBase64 } from './intrinsics/base64.ts';

/** The token of a task. Opaque to whoever gets it, safe in a URL. */
export function taskToken(executionId: string, ticket: number): string {
  const token = encodeBase64(`${executionId}.${ticket}`);
  return /[+/=]/.test(token) ? token.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '') : token;
}

/** Undefined for a text that is no token of ours. */
export function readTaskToken(token: string): { executionId: string; ticket: number } | undefined {
  const text = decodeBase64(token.replaceAll('-', '+').replaceAll('_', '/'));
  const [, executionId, ticket] = /^(.+)\.(\d+)$/.exec(text ?? '') ?? [];
  return executionId ? { executionId, ticket: Number(ticket) } : undefined;
}
