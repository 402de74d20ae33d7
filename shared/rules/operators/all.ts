import { z } from 'zod';
import type { Condition } from '../condition.ts';
import { type Finding, gather } from '../finding.ts';
import { defineOperator, type Fact, nextOf } from '../operator.ts';
import { allOf, together } from '../say.ts';

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
      .meta({ label: { zh: '条件', en: 'Conditions' }, widget: 'conditions', joint: { zh: '且', en: 'and' } }),
  parts: (parts) => parts,
  withParts: (_, parts) => parts,
  sentence: (parts, say) => allOf(parts.map((part) => say(part))),
  negated: ([only, ...more], say) => {
    if (more.length === 0) return say(only!, true);
    const { zh, en } = allOf([only!, ...more].map((part) => say(part)));
    return { zh: `不同时满足（${zh}）`, en: `not all of (${en})` };
  },
  sure: (parts, sure) => {
    const answers = parts.map(sure);
    return answers.includes(false) ? false : answers.includes(undefined) ? undefined : true;
  },
  implies: (parts, holds) => (holds || parts.length === 1 ? parts.map((part): Fact => [part, holds]) : []),
  lasts: (parts, lasts) => parts.every(lasts),
  over: (parts, world) => join(parts.map(world.evaluate)),
  compile: (parts, build) => {
    const checks = parts.map(build.compile);
    return {
      holds: (sight) => {
        for (let i = 0; i < checks.length; i++) if (!checks[i]!.holds(sight)) return false;
        return true;
      },
      next: nextOf(checks),
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
    why: together(told.map(({ why }) => why)),
    value: findings.find((finding) => finding.value !== undefined)?.value,
  };
}
