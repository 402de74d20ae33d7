import { present } from '../anchors/present.ts';
import { InvalidPattern, type PatternOperator } from '../operator.ts';

export const exists: PatternOperator = {
  name: 'exists',
  parse(operand) {
    if (typeof operand !== 'boolean') throw new InvalidPattern('exists match pattern must be either true or false.');
    return operand
      ? { matches: () => true, anchor: present, decided: true }
      : { matches: () => false, whenAbsent: true };
  },
};
