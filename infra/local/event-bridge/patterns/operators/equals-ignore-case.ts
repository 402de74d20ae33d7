import { equalButForAsciiCase, equalButForCase, isAscii } from '../anchors/equal.ts';
import { onStrings, type PatternOperator } from '../operator.ts';
import { caselessText, inAnyCase } from './ignoring-case.ts';

export const equalsIgnoreCase: PatternOperator = {
  name: 'equals-ignore-case',
  parse(operand) {
    const text = caselessText(operand);
    const matches = inAnyCase(text, 'whole');
    return isAscii(text)
      ? onStrings(matches, equalButForAsciiCase(text), { decided: true })
      : onStrings(matches, equalButForCase(text));
  },
};
