import { equalTo } from '../anchors/equal.ts';
import { InvalidPattern, type PatternOperator, type ValueTest } from '../operator.ts';
import type { Scalar } from '../scalar.ts';
import { addressOf } from './addresses.ts';
import { inBlock } from './cidr.ts';

/** A plain value in the list of a field. Numbers are equal by value: 300 and 3.0e2 are one. IP addresses, too. */
export function exact(expected: Scalar): ValueTest {
  const address = typeof expected === 'string' ? addressOf(expected) : undefined;
  if (address) return inBlock(address, address.bytes.length * 8);
  return { matches: (value) => value === expected, anchor: equalTo(expected), decided: true };
}

/** `{ "exactly": "text" }`: a plain text, written the long way. */
export const exactly: PatternOperator = {
  name: 'exactly',
  parse(operand) {
    if (typeof operand !== 'string') throw new InvalidPattern('exact match pattern must be a string');
    return { matches: (value) => value === operand, anchor: equalTo(operand), decided: true };
  },
};
