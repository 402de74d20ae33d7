import { InvalidPattern, type PatternOperator } from '../operator.ts';

const COMPARE: Readonly<Record<string, (value: number, bound: number) => boolean>> = {
  '=': (value, bound) => value === bound,
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
  '>': (value, bound) => value > bound,
  '>=': (value, bound) => value >= bound,
};

/** `["=", 5]`, `[">", 0]`, or a range with the lower bound first: `[">=", 0, "<", 5]`. */
export const numeric: PatternOperator = {
  name: 'numeric',
  parse(operand) {
    if (!Array.isArray(operand)) throw new InvalidPattern('Value of numeric must be an array.');
    if (operand.length === 0) throw new InvalidPattern('Invalid member in numeric match: ]');
    const [operator, bound, second, upper] = operand as unknown[];
    const first = compare(operator, bound);
    if (operand.length === 2) return { matches: (value) => typeof value === 'number' && first(value) };
    if (operator !== '>' && operator !== '>=') throw new InvalidPattern('Too many terms in numeric range expression');
    if (second !== '<' && second !== '<=') throw new InvalidPattern(`Bad numeric range operator: ${String(second)}`);
    const last = compare(second, upper);
    if (operand.length > 4) throw new InvalidPattern('Too many terms in numeric range expression');
    if ((bound as number) >= (upper as number)) throw new InvalidPattern('Bottom must be less than top');
    return { matches: (value) => typeof value === 'number' && first(value) && last(value) };
  },
};

function compare(operator: unknown, bound: unknown): (value: number) => boolean {
  if (typeof operator !== 'string') throw new InvalidPattern(`Invalid member in numeric match: ${String(operator)}`);
  const test = COMPARE[operator];
  if (!test) throw new InvalidPattern(`Unrecognized numeric range operator: ${operator}`);
  if (typeof bound !== 'number')
    throw new InvalidPattern(`Value of ${operator === '=' ? 'equals' : operator} must be numeric.`);
  if (!Number.isFinite(bound)) throw new InvalidPattern(`Value of ${operator} is too large.`);
  return (value) => test(value, bound);
}
