import { z } from 'zod';
import type { Condition } from '../condition.ts';
import { type Finding, gather } from '../finding.ts';
import { defineOperator } from '../operator.ts';
import { words } from '../say.ts';

/** Every part holds. */
export const all = defineOperator<readonly Condition[]>({
  name: 'all',
  label: { zh: '全部满足', en: 'All of' },
  help: { zh: '里面的每个条件都成立', en: 'Every condition inside holds' },
  config: (condition) =>
    z
      .array(condition)
      .min(1)
      .max(50)
      .meta({ label: { zh: '条件', en: 'Conditions' }, widget: 'conditions' }),
  parts: (parts) => parts,
  sentence: (parts, say) =>
    words((pick, language) => parts.map((part) => pick(say(part))).join(language === 'zh' ? ',且' : ', and ')),
  over: (parts, world) => join(parts.map(world.evaluate)),
  compile: (parts, build) => {
    const checks = parts.map(build.compile);
    return {
      holds: (sight) => checks.every((check) => check.holds(sight)),
      next: (sight) => checks.reduce((soonest, check) => Math.min(soonest, check.next(sight)), Infinity),
      find: (sight) => join(checks.map((check) => check.find(sight))),
    };
  },
});

/** When it does not hold, only what fails is told. */
function join(findings: readonly Finding[]): Finding {
  const holds = findings.every((finding) => finding.holds);
  const told = holds ? findings : findings.filter((finding) => !finding.holds);
  return {
    holds,
    evidence: gather(told),
    why: words((pick, language) => told.map((finding) => pick(finding.why)).join(language === 'zh' ? ';' : '; ')),
    value: findings.find((finding) => finding.value !== undefined)?.value,
  };
}
