import { type Bound, between } from '../anchors/range.ts';
import { InvalidPattern, type PatternOperator } from '../operator.ts';

interface Comparison {
  readonly holds: (value: number, bound: number) => boolean;
  /** The values that hold, from and to. */
  readonly span: (bound: number) => readonly [Bound, Bound];
  /** True where an upper bound may follow. */
  readonly opens: boolean;
}

const LEAST: Bound = { at: Number.NEGATIVE_INFINITY, open: false };
const MOST: Bound = { at: Number.POSITIVE_INFINITY, open: false };
const upTo = (open: boolean) => (at: number) => [LEAST, { at, open }] as const;
const from = (open: boolean) => (at: number) => [{ at, open }, MOST] as const;
const only = (at: number) =>
  [
    { at, open: false },
    { at, open: false },
  ] as const;

const COMPARE: Readonly<Record<string, Comparison>> = {
  '=': { holds: (value, bound) => value === bound, span: only, opens: false },
  '<': { holds: (value, bound) => value < bound, span: upTo(true), opens: false },
  '<=': { holds: (value, bound) => value <= bound, span: upTo(false), opens: false },
  '>': { holds: (value, bound) => value > bound, span: from(true), opens: true },
  '>=': { holds: (value, bound) => value >= bound, span: from(false), opens: true },
};

/** `["=", 5]`, `[">", 0]`, or a range with the lower bound first: `[">=", 0, "<", 5]`. */
export const numeric: PatternOperator = {
  name: 'numeric',
  parse(operand) {
    if (!Array.isArray(operand)) throw new InvalidPattern('Value of numeric must be an array.');
    if (operand.length === 0) throw new InvalidPattern('Invalid member in numeric match: ]');
    const [operator, lower, second, upper, ...more] = operand as unknown[];
    if (typeof operator !== 'string') throw new InvalidPattern(`Invalid member in numeric match: ${String(operator)}`);
    const first = Object.hasOwn(COMPARE, operator) ? COMPARE[operator] : undefined;
    if (!first) throw new InvalidPattern(`Unrecognized numeric range operator: ${operator}`);
    const bound = number(lower, operator);
    if (operand.length === 2)
      return {
        matches: (value) => typeof value === 'number' && first.holds(value, bound),
        anchor: between(...first.span(bound)),
        decided: true,
      };
    if (!first.opens) throw new InvalidPattern('Too many elements in numeric expression');
    if (typeof second !== 'string') throw new InvalidPattern(`Bad value in numeric range: ${String(second)}`);
    const last = second === '<' || second === '<=' ? COMPARE[second] : undefined;
    if (!last) throw new InvalidPattern(`Bad numeric range operator: ${second}`);
    const top = number(upper, second);
    if (more.length > 0) throw new InvalidPattern('Too many terms in numeric range expression');
    if (bound >= top) throw new InvalidPattern('Bottom must be less than top');
    return {
      matches: (value) => typeof value === 'number' && first.holds(value, bound) && last.holds(value, top),
      anchor: between(first.span(bound)[0], last.span(top)[1]),
      decided: true,
    };
  },
};

/** Throws InvalidPattern where the bound is no number, or one too large for a double. */
function number(bound: unknown, operator: string): number {
  if (typeof bound !== 'number')
    throw new InvalidPattern(`Value of ${operator === '=' ? 'equals' : operator} must be numeric`);
  if (!Number.isFinite(bound)) throw new InvalidPattern(`Value of ${operator} is too large.`);
  return bound;
}
