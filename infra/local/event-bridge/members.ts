import type { Body } from '../endpoint/service.ts';
import { list, required, structure, text, violation, whole } from '../endpoint/shape.ts';
import { AwsError } from '../time-source.ts';
import { InvalidPattern, parsePattern } from './patterns/index.ts';

/** Members that several operations have, and AWS's sentences for them. */
export const NAME = '[\\.\\-_A-Za-z0-9]+';
export const BUS_NAME = '[/\\.\\-_A-Za-z0-9]+';
const BUS_NAME_OR_ARN = '(arn:aws[\\w-]*:events:[a-z]{2}-[a-z]+-[\\w-]+:[0-9]{12}:event-bus\\/)?[/\\.\\-_A-Za-z0-9]+';

export const busNameMember = text({ min: 1, max: 1600, pattern: BUS_NAME_OR_ARN });
export const ruleNameMember = required(text({ min: 1, max: 64, pattern: NAME }));
export const prefixMember = text({ min: 1, max: 64, pattern: NAME });
export const arnMember = text({ min: 1, max: 1600 });
export const pageMembers = { Limit: whole({ min: 1, max: 100 }), NextToken: text({ min: 1, max: 2048 }) };
export const tagsMember = list(
  structure({ Key: required(text({ min: 1, max: 128 })), Value: required(text({ max: 256 })) }),
);

export const validation = (message: string) => new AwsError('ValidationException', message);
export const notFound = (message: string) => new AwsError('ResourceNotFoundException', message);
export const exists = (message: string) => new AwsError('ResourceAlreadyExistsException', message);
export const overLimit = () =>
  new AwsError('LimitExceededException', 'The requested resource exceeds the maximum number allowed.');
export const parameter = (name: string, reason: string) =>
  validation(`Parameter ${name} is not valid. Reason: ${reason}`);

/** AWS's sentence for one member that breaks a constraint. */
export const violates = (value: unknown, path: string, constraint: string) =>
  validation(`1 validation error detected: ${violation(value, path, constraint)}`);

const MAX_PATTERN = 2048;

/** Checks a pattern of a request; what AWS refuses becomes its InvalidEventPatternException. */
export function checkPattern(pattern: string): void {
  if (pattern.length > MAX_PATTERN)
    throw violates(pattern, 'eventPattern', `Member must have length less than or equal to ${MAX_PATTERN}`);
  try {
    parsePattern(pattern);
  } catch (error) {
    if (error instanceof InvalidPattern) throw new AwsError('InvalidEventPatternException', error.message);
    throw error;
  }
}

/** A bus may be given by name or ARN; none means the default bus. */
export function busName(nameOrArn: unknown): string {
  if (typeof nameOrArn !== 'string' || nameOrArn === '') return 'default';
  return /^arn:[^:]+:events:[^:]*:[^:]*:event-bus\/(.+)$/.exec(nameOrArn)?.[1] ?? nameOrArn;
}

/** Pages a list by the offset that a NextToken stands for. */
export function page<T>(
  items: readonly T[],
  { Limit = 100, NextToken }: { readonly Limit?: number | undefined; readonly NextToken?: string | undefined },
): { items: readonly T[]; rest: { NextToken?: string } } {
  const start = NextToken === undefined ? 0 : Number(Buffer.from(NextToken, 'base64url').toString());
  if (!Number.isInteger(start) || start < 0) throw validation('The NextToken is not valid.');
  const end = start + Limit;
  const more = end < items.length ? { NextToken: Buffer.from(String(end)).toString('base64url') } : {};
  return { items: items.slice(start, end), rest: more };
}

/** Tags as the API writes them, from how they are kept. */
export const shownTags = (tags: Readonly<Record<string, string>> = {}) =>
  Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));

export function keptTags(tags: readonly { Key: string; Value: string }[]): Record<string, string> {
  if (new Set(tags.map(({ Key }) => Key)).size < tags.length)
    throw validation('Invalid parameter: Duplicated keys are not allowed.');
  return Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value]));
}

/** Only what is there. */
export const given = <T extends Body>(members: T): Partial<T> =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as Partial<T>;

/** Seconds, as the JSON protocol writes instants. */
export const seconds = (ms: number) => ms / 1000;
