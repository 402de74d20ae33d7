/** Checks of request members, with AWS's own error names and texts. */
import { type Json, jsonProblem } from '../../../shared/asl/index.ts';
import { AwsError } from '../time-source.ts';

export function validationError(detail: string): AwsError {
  return new AwsError('ValidationException', `1 validation error detected: ${detail}`);
}

/** A refusal of a request in a sentence of its own. */
export function invalid(message: string): AwsError {
  return new AwsError('ValidationException', message);
}

/** A member that the operation's model asks for. */
export function required(body: Record<string, unknown>, member: string): string {
  return String(body[member]);
}

export function optional(body: Record<string, unknown>, member: string): string | undefined {
  const value = body[member];
  return typeof value === 'string' ? value : undefined;
}

/** What a name may not hold (AWS API reference, CreateStateMachine). */
const FORBIDDEN = /[\s<>{}[\]?*"#%\\^|~`$&,;:/\p{Cc}\ufffe\uffff]/u;

export function checkName(name: string): string {
  if (FORBIDDEN.test(name)) throw new AwsError('InvalidName', `Invalid Name: '${name}'`);
  return name;
}

/** maxResults: 0 and absent mean `fallback`. */
export function pageSize(body: Record<string, unknown>, fallback = 100): number {
  const value = body.maxResults;
  return typeof value !== 'number' || value === 0 ? fallback : value;
}

/** Opaque paging tokens: what to go on after. */
export function readToken(body: Record<string, unknown>): string | undefined {
  const token = body.nextToken;
  if (token === undefined || token === null) return undefined;
  try {
    const text = Buffer.from(String(token), 'base64url').toString();
    if (text.startsWith('p1:')) return text.slice(3);
  } catch {
    // told below
  }
  throw new AwsError('InvalidToken', `Invalid Token: 'Invalid token'`);
}

function writeToken(after: string | number): string {
  return Buffer.from(`p1:${after}`).toString('base64url');
}

/** One page of a list, and the token for the next. `keyOf` gives what to go on after. */
export function page<T>(
  rows: T[],
  size: number,
  keyOf: (row: T) => string | number,
): { rows: T[]; nextToken?: string } {
  if (rows.length <= size) return { rows };
  const shown = rows.slice(0, size);
  return { rows: shown, nextToken: writeToken(keyOf(shown.at(-1) as T)) };
}

/** Instants leave as seconds with a fraction, as the JSON protocol has them. */
export function seconds(ms: number | null | undefined): number | undefined {
  return ms === null || ms === undefined ? undefined : ms / 1000;
}

/** What a JSON text says; `wrong` tells of one that is none, in the words of AWS's parser. */
export function readJson(text: string, wrong: (message: string) => never): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    return wrong(jsonProblem(text)?.message ?? (error as Error).message);
  }
}

/** Whether the caller asks for metadata only: she may not see definitions and data. */
export function metadataOnly(body: Record<string, unknown>): boolean {
  return body.includedData === 'METADATA_ONLY';
}
