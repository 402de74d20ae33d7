import { equalButForCase } from '../anchors/equal.ts';
import { onStrings, type PatternOperator } from '../operator.ts';
import { caselessText, inAnyCase } from './ignoring-case.ts';

export const equalsIgnoreCase: PatternOperator = {
  name: 'equals-ignore-case',
  parse(operand) {
    const text = caselessText(operand);
    const expression = new RegExp(`^${inAnyCase(text)}$`);
    return onStrings((value) => expression.test(value), equalButForCase(text));
  },
};
