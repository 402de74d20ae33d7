import { AwsError } from '../time-source.ts';
import type { Body } from './service.ts';

/**
 * The members of a request, read once and checked as AWS checks them: all that is wrong is told in one exception, with
 * AWS's own sentences. Members that a shape does not name are left out, as AWS does.
 */
export type Shape<T> = (body: Body) => T;

/** How one member is read. `path` is where it stands as AWS writes it: `targets.1.member.id`. */
export interface Member<T> {
  read(value: unknown, path: string, problems: string[]): T;
  /** How AWS writes a value of it in an error, where that is not its JSON. */
  readonly told?: (value: unknown) => string;
}

type Read<S> = { [K in keyof S]: S[K] extends Member<infer T> ? T : never };
type Members = Readonly<Record<string, Member<unknown>>>;

/** Throws AwsError ValidationException (or what the service calls it) or SerializationException. */
export function shape<S extends Members>(members: S, refused = 'ValidationException'): Shape<Read<S>> {
  return (body) => {
    const problems: string[] = [];
    const read = readMembers(members, body, '', problems);
    if (problems.length > 0) throw new AwsError(refused, toldAtOnce(problems));
    return read;
  };
}

const toldAtOnce = (problems: readonly string[]) =>
  `${problems.length} validation error${problems.length === 1 ? '' : 's'} detected: ${problems.join('; ')}`;

function readMembers<S extends Members>(members: S, body: Body, path: string, problems: string[]): Read<S> {
  const read: Body = {};
  for (const [name, member] of Object.entries(members)) {
    const value = member.read(body[name] ?? undefined, `${path}${lowered(name)}`, problems);
    if (value !== undefined) read[name] = value;
  }
  return read as Read<S>;
}

const lowered = (name: string) => name.charAt(0).toLowerCase() + name.slice(1);

/** AWS's sentence for a value that breaks a constraint. */
export const violation = (value: unknown, path: string, constraint: string) =>
  `Value ${value === undefined ? 'null' : `'${typeof value === 'string' ? value : JSON.stringify(value)}'`} at '${path}' failed to satisfy constraint: ${constraint}`;

/** The same where AWS does not repeat the value. */
const secretViolation = (path: string, constraint: string) =>
  `Value at '${path}' failed to satisfy constraint: ${constraint}`;

interface TextRules {
  readonly min?: number;
  readonly max?: number;
  /** As AWS writes it, without ^ and $. */
  readonly pattern?: string;
  readonly oneOf?: readonly string[];
  /** AWS does not repeat it in an error. */
  readonly secret?: true;
}

/** A text that may be missing. */
export function text(rules: TextRules = {}): Member<string | undefined> {
  const { min = 0, max = Number.POSITIVE_INFINITY, oneOf } = rules;
  const pattern =
    rules.pattern === undefined
      ? undefined
      : new RegExp(`^(?:${rules.pattern})$`, rules.pattern.includes('\\p{') ? 'su' : 's');
  return {
    read(value, path, problems) {
      if (value === undefined) return undefined;
      if (typeof value !== 'string') throw serialization(value, 'String');
      const broken = (constraint: string) =>
        problems.push(rules.secret ? secretViolation(path, constraint) : violation(value, path, constraint));
      if (value.length < min) broken(`Member must have length greater than or equal to ${min}`);
      if (value.length > max) broken(`Member must have length less than or equal to ${max}`);
      if (pattern && !pattern.test(value)) broken(`Member must satisfy regular expression pattern: ${rules.pattern}`);
      if (oneOf && !oneOf.includes(value)) broken(`Member must satisfy enum value set: [${oneOf.join(', ')}]`);
      return value;
    },
  };
}

/** A whole number that may be missing; texts that are one are taken too (they come so from a URL). */
export function whole(rules: { readonly min?: number; readonly max?: number } = {}): Member<number | undefined> {
  const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = rules;
  return {
    read(value, path, problems) {
      if (value === undefined) return undefined;
      const number = typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value;
      if (typeof number !== 'number') throw serialization(value, 'Integer');
      if (number < min) problems.push(violation(value, path, `Member must have value greater than or equal to ${min}`));
      if (number > max) problems.push(violation(value, path, `Member must have value less than or equal to ${max}`));
      return number;
    },
  };
}

/** An instant that may be missing, in ms since the epoch: seconds or ISO text on the wire. */
export const instant: Member<number | undefined> = {
  read(value) {
    if (value === undefined) return undefined;
    const ms = typeof value === 'number' ? value * 1000 : Date.parse(String(value));
    if (!Number.isFinite(ms) || Math.abs(ms) > 8.64e15) throw serialization(value, 'Timestamp');
    return Math.round(ms);
  },
};

export const flag: Member<boolean | undefined> = {
  read(value) {
    if (value === undefined || typeof value === 'boolean') return value;
    if (value === 'true' || value === 'false') return value === 'true';
    throw serialization(value, 'Boolean');
  },
};

/** Whatever it is. */
export const anything: Member<unknown> = { read: (value) => value };

export function list<T>(
  member: Member<T>,
  rules: { readonly min?: number; readonly max?: number } = {},
): Member<NonNullable<T>[] | undefined> {
  const { min = 0, max = Number.POSITIVE_INFINITY } = rules;
  return {
    read(value, path, problems) {
      if (value === undefined) return undefined;
      if (!Array.isArray(value)) throw serialization(value, 'List');
      const told = member.told ? `[${value.map(member.told).join(', ')}]` : value;
      if (value.length < min)
        problems.push(violation(told, path, `Member must have length greater than or equal to ${min}`));
      if (value.length > max)
        problems.push(violation(told, path, `Member must have length less than or equal to ${max}`));
      return value.map((one, n) => member.read(one, `${path}.${n + 1}.member`, problems)) as NonNullable<T>[];
    },
  };
}

/** Texts by free keys. */
export const texts: Member<Record<string, string> | undefined> = {
  read(value) {
    if (value === undefined) return undefined;
    if (!isObject(value)) throw serialization(value, 'Map');
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, String(one)]));
  },
};

/**
 * A structure of its own. Members that it does not name are kept when `open`. `name`: what AWS calls it where it shows
 * one in an error, as Java writes objects: `Route(arn=…, weight=50)`.
 */
export function structure<S extends Members>(
  members: S,
  open: { readonly open?: true; readonly name?: string } = {},
): Member<Read<S> | undefined> {
  const { name } = open;
  return {
    ...(name !== undefined && { told: (value) => toldAs(name, members, isObject(value) ? value : {}) }),
    read(value, path, problems) {
      if (value === undefined) return undefined;
      if (!isObject(value)) throw serialization(value, 'Structure');
      const read = readMembers(members, value, `${path}.`, problems);
      return open.open ? { ...value, ...read } : read;
    },
  };
}

function toldAs(name: string, members: Members, value: Body): string {
  const written = Object.keys(members).map((member) => `${lowered(member)}=${String(value[member] ?? null)}`);
  return `${name}(${written.join(', ')})`;
}

/** The same member, which must be there. */
export function required<T>(member: Member<T>): Member<NonNullable<T>> {
  return {
    ...member,
    read(value, path, problems) {
      if (value === undefined) problems.push(violation(undefined, path, 'Member must not be null'));
      return member.read(value, path, problems) as NonNullable<T>;
    },
  };
}

const isObject = (value: unknown): value is Body =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function serialization(value: unknown, wanted: string): AwsError {
  const kind = Array.isArray(value) ? 'START_ARRAY' : typeof value === 'object' ? 'START_OBJECT' : typeof value;
  return new AwsError('SerializationException', `${kind.toUpperCase()}_VALUE can not be converted to a ${wanted}`);
}
