/**
 * The comparison operators of a JSONPath Choice rule, one entry each. `expected` is the operator's own value in the
 * definition (for `…Path` operators what that path leads to). A value of another type does not match.
 */
import type { Json } from '../json.ts';
import { parseTimestamp } from '../time.ts';

type Operator = (actual: Json, expected: Json) => boolean;

type Compare = (a: number | string, b: number | string) => boolean;
const COMPARE: Record<string, Compare> = {
  Equals: (a, b) => a === b,
  LessThan: (a, b) => a < b,
  LessThanEquals: (a, b) => a <= b,
  GreaterThan: (a, b) => a > b,
  GreaterThanEquals: (a, b) => a >= b,
};

const READ: Record<string, (value: Json) => number | string | undefined> = {
  String: (value) => (typeof value === 'string' ? value : undefined),
  Numeric: (value) => (typeof value === 'number' ? value : undefined),
  Timestamp: (value) => (typeof value === 'string' ? parseTimestamp(value) : undefined),
};

/** StringMatches: `*` stands for any signs; `\*` and `\\` for themselves. */
function wildcard(pattern: string): RegExp {
  const body = pattern.replace(/\\([*\\])|\*|[.+?^${}()|[\]\\]/g, (sign, escaped: string | undefined) =>
    escaped !== undefined ? `\\${escaped}` : sign === '*' ? '[\\s\\S]*' : `\\${sign}`,
  );
  return new RegExp(`^${body}$`);
}

const is =
  (test: (value: Json) => boolean): Operator =>
  (actual, expected) =>
    test(actual) === expected;

const TYPE_TESTS: Record<string, Operator> = {
  IsNull: is((value) => value === null),
  IsString: is((value) => typeof value === 'string'),
  IsNumeric: is((value) => typeof value === 'number'),
  IsBoolean: is((value) => typeof value === 'boolean'),
  IsTimestamp: is((value) => typeof value === 'string' && parseTimestamp(value) !== undefined),
};

function comparisons(): Record<string, Operator> {
  const all: Record<string, Operator> = {};
  for (const [type, read] of Object.entries(READ)) {
    for (const [name, compare] of Object.entries(COMPARE)) {
      all[`${type}${name}`] = (actual, expected) => {
        const a = read(actual);
        const b = read(expected);
        return a !== undefined && b !== undefined && compare(a, b);
      };
    }
  }
  return all;
}

export const CHOICE_OPERATORS: Readonly<Record<string, Operator>> = {
  ...comparisons(),
  ...TYPE_TESTS,
  BooleanEquals: (actual, expected) => typeof actual === 'boolean' && actual === expected,
  StringMatches: (actual, expected) =>
    typeof actual === 'string' && typeof expected === 'string' && wildcard(expected).test(actual),
};
