import type { Condition } from '../condition.ts';
import { defineOperator } from '../operator.ts';

/** The part does not hold. */
export const not = defineOperator<Condition>({
  name: 'not',
  label: { zh: '不满足', en: 'Not' },
  help: { zh: '里面的条件不成立', en: 'The condition inside does not hold' },
  config: (condition) => condition.meta({ label: { zh: '条件', en: 'Condition' }, widget: 'inner-condition' }),
  parts: (part) => [part],
  withParts: (part, [other]) => other ?? part,
  sentence: (part, say) => say(part, true),
  negated: (part, say) => say(part),
  sure: (part, sure) => {
    const answer = sure(part);
    return answer === undefined ? undefined : !answer;
  },
  implies: (part, holds) => [[part, !holds]],
  over: (part, world) => {
    const { holds, evidence, why } = world.evaluate(part);
    return { holds: !holds, evidence, why };
  },
  compile: (part, build) => {
    const check = build.compile(part);
    return {
      holds: (sight) => !check.holds(sight),
      next: check.next,
      find: (sight) => {
        const { holds, evidence, why } = check.find(sight);
        return { holds: !holds, evidence, why };
      },
    };
  },
});
