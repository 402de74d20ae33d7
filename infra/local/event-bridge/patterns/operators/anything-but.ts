import { InvalidPattern, onlyMember, type PatternOperator, type ValueTest } from '../operator.ts';
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
    const member = onlyMember(operand);
    if (member) return butInside(...member);
    const list = Array.isArray(operand) ? (operand as unknown[]) : [operand];
    if (list.length === 0) throw new InvalidPattern('Empty arrays are not allowed');
    for (const value of list) {
      if (typeof value === 'string' || typeof value === 'number') continue;
      throw new InvalidPattern(
        Array.isArray(operand) ? 'Inside anything but list, start|null|boolean is not supported.' : REFUSED,
      );
    }
    const refused = new Set(list);
    return { matches: (value) => !refused.has(value) };
  },
};

function butInside(name: string, operand: unknown): ValueTest {
  const inside = Object.hasOwn(INSIDE, name) ? INSIDE[name] : undefined;
  if (!inside) throw new InvalidPattern(`Unsupported anything-but pattern: ${name}`);
  if (typeof operand === 'object' && operand !== null && !Array.isArray(operand)) throw new InvalidPattern(REFUSED);
  const list = Array.isArray(operand) ? (operand as unknown[]) : [operand];
  if (list.length === 0) throw new InvalidPattern('Empty arrays are not allowed');
  const tests = list.map((text) => {
    if (typeof text !== 'string') throw new InvalidPattern(inside.notText);
    if (text === '' && inside.empty) throw new InvalidPattern(inside.empty);
    return inside.parse(text);
  });
  return { matches: (value) => !tests.some((test) => test.matches(value)) };
}
