import { required, text, texts, whole } from '../endpoint/shape.ts';
import { AwsError } from '../time-source.ts';

/** Members that several operations have, and AWS's errors. */
export const INVALID = 'InvalidParameterException';
const group = text({ min: 1, max: 512, pattern: '[\\.\\-_/#A-Za-z0-9]+' });
const stream = text({ min: 1, max: 512, pattern: '[^:*]*' });
export const groupMember = required(group);
export const streamMember = required(stream);
/** A group may be given by its name, or by name or ARN as "identifier". */
export const eitherMembers = { logGroupName: group, logGroupIdentifier: text({ min: 1, max: 2048 }) };
export const prefixMembers = { logGroupNamePrefix: group, logStreamNamePrefix: stream };
export const pageMembers = { nextToken: text({ min: 1 }), limit: whole({ min: 1, max: 50 }) };
export const timeMembers = { startTime: whole({ min: 0 }), endTime: whole({ min: 0 }) };
export const linesMembers = { nextToken: text({ min: 1 }), limit: whole({ min: 1, max: 10_000 }) };
export const tagsMember = texts;

export const invalid = (message: string) => new AwsError(INVALID, message);
export const exists = (what: string) =>
  new AwsError('ResourceAlreadyExistsException', `The specified ${what} already exists`);
export const notFound = (what: string) =>
  new AwsError('ResourceNotFoundException', `The specified ${what} does not exist.`);

export function nextPage<T>(
  items: readonly T[],
  { limit = 50, nextToken }: { readonly limit?: number | undefined; readonly nextToken?: string | undefined },
): { items: readonly T[]; rest: { nextToken?: string } } {
  const from = nextToken === undefined ? 0 : Number(Buffer.from(nextToken, 'base64url').toString());
  if (!Number.isInteger(from) || from < 0) throw invalid('The specified nextToken is invalid.');
  const end = from + limit;
  const more = end < items.length ? { nextToken: Buffer.from(String(end)).toString('base64url') } : {};
  return { items: items.slice(from, end), rest: more };
}
