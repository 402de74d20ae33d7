import { present } from '../anchors/present.ts';
import { InvalidPattern, type PatternOperator, type ValueTest } from '../operator.ts';
import { equalsIgnoreCase } from './equals-ignore-case.ts';
import { prefix } from './prefix.ts';
import { suffix } from './suffix.ts';
import { wildcard } from './wildcard.ts';

/** The operators that may stand inside anything-but, each with what AWS says to an operand that is not text. */
const INSIDE: Readonly<Record<string, { parse: (text: unknown) => ValueTest; notText: string; empty?: string }>> = {
  prefix: {
    parse: prefix.parse,
    notText: 'prefix/suffix match pattern must be a string',
    empty: 'Null prefix/suffix not allowed',
  },
  suffix: {
    parse: suffix.parse,
    notText: 'prefix/suffix match pattern must be a string',
    empty: 'Null prefix/suffix not allowed',
  },
  wildcard: { parse: wildcard.parse, notText: 'wildcard match pattern must be a string' },
  'equals-ignore-case': {
    parse: equalsIgnoreCase.parse,
    notText: 'Inside anything-but/equals-ignore-case list, number|start|null|boolean is not supported.',
  },
};

const REFUSED = 'Value of anything-but must be an array or single string/number value.';

/** Any value but these: a value, a list of values, or texts that begin, end, look or read like these. */
export const anythingBut: PatternOperator = {
  name: 'anything-but',
  parse(operand) {
    if (typeof operand === 'object' && operand !== null && !Array.isArray(operand)) return butInside(operand);
    if (!Array.isArray(operand) && typeof operand !== 'string' && typeof operand !== 'number')
      throw new InvalidPattern(REFUSED);
    const list = Array.isArray(operand) ? (operand as unknown[]) : [operand];
    const kinds = new Set(list.map((value) => typeof value));
    if (list.some((value) => typeof value !== 'string' && typeof value !== 'number'))
      throw new InvalidPattern('Inside anything but list, start|null|boolean is not supported.');
    if (kinds.size !== 1)
      throw new InvalidPattern(
        'Inside anything but list, either all values are number or string, mixed type is not supported',
      );
    const refused = new Set(list);
    return { matches: (value) => !refused.has(value), anchor: present };
  },
};

function butInside(operand: object): ValueTest {
  const [first, ...more] = Object.entries(operand) as [string, unknown][];
  if (!first) throw new InvalidPattern('Anything-But expression name not found');
  const [name, value] = first;
  const inside = Object.hasOwn(INSIDE, name) ? INSIDE[name] : undefined;
  if (!inside) throw new InvalidPattern(`Unsupported anything-but pattern: ${name}`);
  if (!Array.isArray(value) && typeof value !== 'string' && typeof value !== 'number')
    throw new InvalidPattern(REFUSED);
  const tests = (Array.isArray(value) ? (value as unknown[]) : [value]).map((text) => {
    if (typeof text !== 'string') throw new InvalidPattern(inside.notText);
    if (text === '' && inside.empty) throw new InvalidPattern(inside.empty);
    return inside.parse(text);
  });
  if (more.length > 0) throw new InvalidPattern('Too many elements in numeric expression');
  return { matches: (one) => !tests.some((test) => test.matches(one)), anchor: present };
}
