import { endsLike, endsWith } from '../anchors/affix.ts';
import { onStrings, type PatternOperator } from '../operator.ts';
import { affix } from './affix.ts';
import { inAnyCase } from './ignoring-case.ts';

export const suffix: PatternOperator = {
  name: 'suffix',
  parse(operand) {
    const { text, anyCase } = affix('suffix', operand);
    if (!anyCase) return onStrings((value) => value.endsWith(text), endsWith(text), { decided: true });
    return onStrings(inAnyCase(text, 'end'), endsLike(text));
  },
};
