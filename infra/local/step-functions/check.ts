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

/** A member that must be there and be a text. */
export function required(body: Record<string, unknown>, member: string): string {
  const value = body[member];
  if (typeof value === 'string') return value;
  throw validationError(`Value null at '${member}' failed to satisfy constraint: Member must not be null`);
}

export function optional(body: Record<string, unknown>, member: string): string | undefined {
  const value = body[member];
  return typeof value === 'string' ? value : undefined;
}

/** What a name may not hold (AWS API reference, CreateStateMachine). */
const FORBIDDEN = /[\s<>{}[\]?*"#%\\^|~`$&,;:/\p{Cc}\ufffe\uffff]/u;

export function checkName(name: string): string {
  if (name.length === 0)
    throw validationError(
      `Value '' at 'name' failed to satisfy constraint: Member must have length greater than or equal to 1`,
    );
  if (name.length > 80)
    throw validationError(
      `Value '${name}' at 'name' failed to satisfy constraint: Member must have length less than or equal to 80`,
    );
  if (FORBIDDEN.test(name)) throw new AwsError('InvalidName', `Invalid Name: '${name}'`);
  return name;
}

/** maxResults: 0 and absent mean `fallback`. */
export function pageSize(body: Record<string, unknown>, fallback = 100): number {
  const value = body.maxResults;
  if (typeof value !== 'number' || value === 0) return fallback;
  if (value > 1000)
    throw validationError(
      `Value '${value}' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to 1000`,
    );
  if (value < 0)
    throw validationError(
      `Value '${value}' at 'maxResults' failed to satisfy constraint: Member must have value greater than or equal to 0`,
    );
  return value;
}

/** Opaque paging tokens: what to go on after. */
export function readToken(body: Record<string, unknown>, longest = 1024): string | undefined {
  const token = body.nextToken;
  if (token === undefined || token === null) return undefined;
  if (String(token).length > longest) {
    throw validationError(
      `Value '${token}' at 'nextToken' failed to satisfy constraint: Member must have length less than or equal to ${longest}`,
    );
  }
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

/** A member that is one of some texts, if it is there. `within`: the member it stands in (`mock.`). */
export function checkEnum(
  body: Record<string, unknown>,
  member: string,
  values: readonly string[],
  within = '',
): string | undefined {
  const value = optional(body, member);
  if (value === undefined || values.includes(value)) return value;
  throw validationError(
    `Value '${value}' at '${within}${member}' failed to satisfy constraint: Member must satisfy enum value set: [${values.join(', ')}]`,
  );
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
  return checkEnum(body, 'includedData', ['ALL_DATA', 'METADATA_ONLY']) === 'METADATA_ONLY';
}
