import { useMemo } from 'react';
import type { Diagnostic } from '../../../shared/diagnostics.ts';
import { HERE } from '../../../shared/rules/index.ts';
import { parseRuleset, type Ruleset } from '../../../shared/tags/index.ts';
import { useLintOf } from '../api/rules.ts';
import { under } from '../form/problems.ts';
import { useSettled } from './use-settled.ts';

const NOT_YET = new Set(['rule-field-missing', 'rule-operator-missing', 'tag-no-rule']);

interface Findings {
  /** About the thing at hand, by paths inside it. */
  readonly mine: readonly Diagnostic[];
  /** About something else in the rules. */
  readonly others: readonly Diagnostic[];
  /** It cannot be kept so. */
  readonly wrong: boolean;
}

/**
 * What is wrong with the rules and what lints say of them, seen from the place `at` ("tags.3").
 *
 * @param tried what is merely not filled in yet is told once somebody has tried to keep it
 */
export function useFindings(ruleset: Ruleset, at: string, tried: boolean): Findings {
  const mistakes = useMemo(() => {
    const parsed = parseRuleset({ ...ruleset, version: 1 }, HERE);
    return parsed.ok ? [] : parsed.diagnostics;
  }, [ruleset]);
  const settled = useSettled(ruleset, 500);
  const lint = useLintOf(mistakes.length === 0 ? settled : undefined).data?.items ?? [];
  const mine = [...under(mistakes, at), ...(mistakes.length === 0 ? under(lint, at) : [])];
  return {
    mine: mine.filter(({ code }) => tried || !NOT_YET.has(code)),
    others: mistakes.filter(({ field }) => field !== at && !field?.startsWith(`${at}.`)),
    wrong: mistakes.length > 0,
  };
}
