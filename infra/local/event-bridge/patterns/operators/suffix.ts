import { onStrings, type PatternOperator } from '../operator.ts';
import { affix } from './case-folding.ts';

export const suffix: PatternOperator = {
  name: 'suffix',
  parse(operand) {
    const { text, read } = affix('suffix', operand);
    return onStrings((value) => read(value).endsWith(text));
  },
};
