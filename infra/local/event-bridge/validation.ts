import { AwsError } from '../time-source.ts';

export const validation = (message: string) => new AwsError('ValidationException', message);
export const notFound = (message: string) => new AwsError('ResourceNotFoundException', message);

/** AWS's sentence for a member that breaks a constraint of the API. */
export function violates(value: unknown, member: string, constraint: string): AwsError {
  const shown = value === undefined ? 'null' : typeof value === 'string' ? value : JSON.stringify(value);
  return validation(
    `1 validation error detected: Value ${value === undefined ? 'null' : `'${shown}'`} at '${member}' failed to satisfy constraint: ${constraint}`,
  );
}

export function text(body: Record<string, unknown>, member: string, pattern: RegExp, max = 64): string {
  const value = body[member];
  const name = member.charAt(0).toLowerCase() + member.slice(1);
  if (value === undefined || value === null) throw violates(undefined, name, 'Member must not be null');
  if (typeof value !== 'string')
    throw new AwsError('SerializationException', 'NUMBER_VALUE can not be converted to a String');
  if (value.length < 1) throw violates(value, name, 'Member must have length greater than or equal to 1');
  if (value.length > max) throw violates(value, name, `Member must have length less than or equal to ${max}`);
  if (!pattern.test(value))
    throw violates(value, name, `Member must satisfy regular expression pattern: ${pattern.source}`);
  return value;
}

export const NAME = /^[.\-_A-Za-z0-9]+$/;
export const BUS_NAME = /^[/.\-_A-Za-z0-9]+$/;

/** Pages a list by the offset that a NextToken stands for. */
export function page<T>(
  items: readonly T[],
  body: Record<string, unknown>,
): { items: readonly T[]; NextToken?: string } {
  const limit = typeof body['Limit'] === 'number' ? body['Limit'] : 100;
  if (limit < 1 || limit > 100)
    throw violates(
      limit,
      'limit',
      `Member must have value ${limit < 1 ? 'greater than or equal to 1' : 'less than or equal to 100'}`,
    );
  const token = body['NextToken'];
  const start = token === undefined ? 0 : Number(Buffer.from(String(token), 'base64url').toString());
  if (!Number.isInteger(start) || start < 0) throw validation('The NextToken is not valid.');
  const end = start + limit;
  return {
    items: items.slice(start, end),
    ...(end < items.length ? { NextToken: Buffer.from(String(end)).toString('base64url') } : {}),
  };
}
