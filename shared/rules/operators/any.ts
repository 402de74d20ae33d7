import { z } from 'zod';
import type { Condition } from '../condition.ts';
import { type Finding, gather } from '../finding.ts';
import { defineOperator, type Fact, nextOf } from '../operator.ts';
import { allOf, together, words } from '../say.ts';

/** At least one part holds. */
export const any = defineOperator<readonly Condition[]>({
  name: 'any',
  label: { zh: '任一满足', en: 'Any of' },
  help: { zh: '里面至少有一个条件成立', en: 'At least one condition inside holds' },
  config: (condition) =>
    z
      .array(condition)
      .min(1)
      .max(50)
      .meta({ label: { zh: '条件', en: 'Conditions' }, widget: 'conditions', joint: { zh: '或', en: 'or' } }),
  parts: (parts) => parts,
  withParts: (_, parts) => parts,
  sentence: (parts, say) =>
    words((pick, language) => {
      // Where two ask for the same by different ways (an age, and a birthday), it is said once.
      const said = [...new Set(parts.map((part) => pick(say(part))))];
      const list = said.join(language === 'zh' ? '，或' : ', or ');
      if (said.length === 1) return list;
      return language === 'zh' ? `（${list}）` : `(${list})`;
    }),
  negated: (parts, say) => allOf(parts.map((part) => say(part, true))),
  sure: (parts, sure) => {
    const answers = parts.map(sure);
    return answers.includes(true) ? true : answers.includes(undefined) ? undefined : false;
  },
  implies: (parts, holds) => (!holds || parts.length === 1 ? parts.map((part): Fact => [part, holds]) : []),
  lasts: (parts, lasts) => parts.every(lasts),
  over: (parts, world) => join(parts.map(world.evaluate)),
  compile: (parts, build) => {
    const checks = parts.map(build.compile);
    return {
      holds: (sight) => {
        for (let i = 0; i < checks.length; i++) if (checks[i]!.holds(sight)) return true;
        return false;
      },
      next: nextOf(checks),
      find: (sight) => join(checks.map((check) => check.find(sight))),
    };
  },
});

/** When it holds, only what holds is told. */
function join(findings: readonly Finding[]): Finding {
  const true_ = findings.filter((finding) => finding.holds);
  const told = true_.length > 0 ? true_ : findings;
  return {
    holds: true_.length > 0,
    evidence: gather(told),
    why: together(told.map(({ why }) => why)),
    value: true_.find((finding) => finding.value !== undefined)?.value,
  };
}
