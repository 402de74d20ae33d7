import { startsLike, startsWith } from '../anchors/affix.ts';
import { onStrings, type PatternOperator } from '../operator.ts';
import { affix } from './affix.ts';
import { inAnyCase } from './ignoring-case.ts';

export const prefix: PatternOperator = {
  name: 'prefix',
  parse(operand) {
    const { text, anyCase } = affix('prefix', operand);
    if (!anyCase) return onStrings((value) => value.startsWith(text), startsWith(text), { decided: true });
    return onStrings(inAnyCase(text, 'start'), startsLike(text));
  },
};
