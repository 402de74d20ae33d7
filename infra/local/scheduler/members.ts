import { text, whole } from '../endpoint/shape.ts';
import { AwsError } from '../time-source.ts';

/** Members that several operations have, and AWS's errors. */
export const nameMember = text({ min: 1, max: 64, pattern: '^[0-9a-zA-Z-_.]+$' });
export const pageMembers = { MaxResults: whole({ min: 1, max: 100 }), NextToken: text({ min: 1, max: 2048 }) };

export const validation = (message: string) => new AwsError('ValidationException', message);
export const conflict = (message: string) => new AwsError('ConflictException', message, 409);
export const notFound = (message: string) => new AwsError('ResourceNotFoundException', message, 404);
export const noGroup = (name: string) => notFound(`Schedule group ${name} does not exist.`);

export function nextPage<T>(
  items: readonly T[],
  {
    MaxResults = 100,
    NextToken,
  }: { readonly MaxResults?: number | undefined; readonly NextToken?: string | undefined },
): { items: readonly T[]; rest: { NextToken?: string } } {
  const from = NextToken === undefined ? 0 : Number(Buffer.from(NextToken, 'base64url').toString());
  if (!Number.isInteger(from) || from < 0) throw validation('Invalid NextToken.');
  const end = from + MaxResults;
  const more = end < items.length ? { NextToken: Buffer.from(String(end)).toString('base64url') } : {};
  return { items: items.slice(from, end), rest: more };
}
