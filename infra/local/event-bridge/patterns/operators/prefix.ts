import { onStrings, type PatternOperator } from '../operator.ts';
import { affix } from './case-folding.ts';

export const prefix: PatternOperator = {
  name: 'prefix',
  parse(operand) {
    const { text, read } = affix('prefix', operand);
    return onStrings((value) => read(value).startsWith(text));
  },
};
