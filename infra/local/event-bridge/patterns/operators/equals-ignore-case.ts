import { InvalidPattern, onStrings, type PatternOperator } from '../operator.ts';
import { fold } from './case-folding.ts';

export const equalsIgnoreCase: PatternOperator = {
  name: 'equals-ignore-case',
  parse(operand) {
    if (typeof operand !== 'string') throw new InvalidPattern('equals-ignore-case match pattern must be a string');
    const expected = fold(operand);
    return onStrings((value) => fold(value) === expected);
  },
};
