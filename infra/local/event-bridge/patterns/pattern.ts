import { jsonProblem, sourceLocation } from '../../../../shared/asl/index.ts';
import { type Asked, ask, type Condition } from './asked.ts';
import { fieldReader } from './fields.ts';
import { InvalidPattern, type ValueTest } from './operator.ts';
import { exact } from './operators/exact.ts';
import { OPERATORS } from './operators/index.ts';
import type { Scalar } from './scalar.ts';

/**
 * A parsed pattern. `$or` is multiplied out, as AWS does it: each way is a set of conditions on paths, all of which must
 * hold, and one way is enough. A path is its names joined by dots: `{"a.b": …}` and `{"a": {"b": …}}` are the same.
 */
export interface Pattern {
  readonly ways: readonly (readonly Condition[])[];
  /** Reads the paths of the pattern from an event, in the order of `slots`. */
  readonly read: ReturnType<typeof fieldReader>;
  readonly slots: ReadonlyMap<string, number>;
  /** The ways, of what `read` reads. */
  readonly asked: readonly (readonly Asked[])[];
}

/** Conditions by path; where a path is named twice the later one counts, as in AWS. */
type Draft = ReadonlyMap<string, Omit<Condition, 'path'>>;

/** More ways than this are refused. */
const MOST_WAYS = 1000;

/** Names that tell a list of alternatives from a list of tests. */
const RESERVED = new Set([
  ...OPERATORS.keys(),
  ...['=', '<', '<=', '>', '>=', 'regex', 'not-wildcard', 'not-equals-ignore-case', 'date-after', 'date-on-or-after'],
  ...['date-before', 'date-on-or-before', 'in-date-range', 'ip-address-in-range', 'ip-address-not-in-range'],
]);

/** Parses a pattern given as text or as JSON. Throws InvalidPattern. */
export function parsePattern(source: string | unknown): Pattern {
  const json = typeof source === 'string' ? parseText(source) : source;
  if (!isObject(json)) throw new InvalidPattern('Filter is not an object');
  const ways = parseWays(json).map((draft) =>
    [...draft].map(([path, asked]) => ({ path, ...asked })).sort((a, b) => (a.path < b.path ? -1 : 1)),
  );
  const paths = [...new Set(ways.flatMap((way) => way.map(({ path }) => path)))];
  const slots = new Map(paths.map((path, slot) => [path, slot]));
  const known = new Map<string, Asked>();
  return { ways, read: fieldReader(paths), slots, asked: ways.map((way) => ask(way, slots, known)) };
}

/** `$or` means alternatives where it can; a pattern in which it cannot is read as if it were any other name. */
function parseWays(json: Record<string, unknown>): Draft[] {
  try {
    return parseObject([], '', json, { or: 'alternatives' });
  } catch (error) {
    if (!(error instanceof InvalidPattern) || !JSON.stringify(json).includes('"$or"')) throw error;
    return parseObject([], '', json, { or: 'a name' });
  }
}

interface Reading {
  readonly or: 'alternatives' | 'a name';
  readonly insideOr?: true;
}

function parseObject(before: readonly Draft[], path: string, json: Record<string, unknown>, how: Reading): Draft[] {
  const entries = Object.entries(json);
  if (entries.length === 0) throw new InvalidPattern('Empty objects are not allowed');
  let drafts = [...before];
  for (const [name, value] of entries) {
    if (name === '$or' && how.or === 'alternatives') {
      drafts = alternatives(drafts, path, value);
      continue;
    }
    if (how.insideOr && RESERVED.has(name))
      throw new InvalidPattern(`${name} is Ruler reserved fieldName which cannot be used inside $or.`);
    const here = path === '' ? name : `${path}.${name}`;
    if (isObject(value)) drafts = parseObject(drafts, here, value, how);
    else if (Array.isArray(value)) {
      const asked = { text: JSON.stringify(value), tests: parseTests(value) };
      drafts = begun(drafts).map((draft) => new Map([...draft, [here, asked]]));
    } else throw new InvalidPattern(`"${name}" must be an object or an array`);
  }
  return drafts;
}

const begun = (drafts: readonly Draft[]): readonly Draft[] => (drafts.length > 0 ? drafts : [new Map()]);

function alternatives(drafts: readonly Draft[], path: string, value: unknown): Draft[] {
  if (!Array.isArray(value)) throw new InvalidPattern('It must be an Array followed with $or.');
  const all = value.flatMap((item: unknown) => {
    if (!isObject(item)) throw new InvalidPattern('Only JSON object is allowed in array of $or relationship.');
    return parseObject(begun(drafts), path, item, { or: 'alternatives', insideOr: true });
  });
  if (value.length < 2) throw new InvalidPattern('There must have at least 2 Objects in $or relationship.');
  if (all.length > MOST_WAYS) throw new InvalidPattern(`$or makes more than ${MOST_WAYS} combinations`);
  return all;
}

function parseTests(list: readonly unknown[]): ValueTest[] {
  const tests = list.map((item) => {
    if (Array.isArray(item)) throw new InvalidPattern('Match value must be String, number, true, false, or null');
    if (typeof item !== 'object' || item === null) return exact(item as Scalar);
    const [first, ...more] = Object.entries(item);
    if (!first) throw new InvalidPattern('Match expression name not found');
    const operator = OPERATORS.get(first[0]);
    if (!operator) throw new InvalidPattern(`Unrecognized match type ${first[0]}`);
    const test = operator.parse(first[1]);
    if (more.length > 0) throw new InvalidPattern('Only one key allowed in match expression');
    return test;
  });
  if (tests.length === 0) throw new InvalidPattern('Empty arrays are not allowed');
  return tests;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function parseText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const problem = jsonProblem(text);
    throw new InvalidPattern(
      problem ? `${problem.message}\n at ${sourceLocation(text, problem)}` : (error as Error).message,
    );
  }
}
