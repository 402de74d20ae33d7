import { type Ruleset, rulesetSchema } from '../../../shared/tags/index.ts';
import { type RulesDraft, useRulesCall, useRulesDraft, useRuleset } from '../api/rules.ts';

/** The rules as the next change finds them: the draft, or those in force where there is none. */
export function useWorkingRules() {
  const draft = useRulesDraft();
  const current = useRuleset();
  const act = useRulesCall();
  const kept: RulesDraft | undefined = draft.data ?? undefined;
  const ruleset = kept?.ruleset ?? current.data;
  const baseVersion = kept?.baseVersion ?? current.data?.version ?? 0;
  const revision = kept?.revision ?? 0;
  return {
    isPending: draft.isPending || current.isPending,
    error: draft.error ?? current.error,
    ruleset: ruleset !== undefined && hasLists(ruleset) ? ruleset : undefined,
    current: current.data,
    isDraft: kept !== undefined,
    saving: act.isPending,
    /** Keeps these rules as the draft. */
    save: (next: Ruleset) => {
      const { version: _, ...body } = next;
      return act.mutateAsync({
        method: 'PUT',
        path: '/api/ruleset/draft',
        body: { ruleset: body, baseVersion, revision },
      });
    },
  };
}

/** A draft written as JSON may have mistakes, but forms need its lists. */
const hasLists = (ruleset: Ruleset): boolean =>
  rulesetSchema.safeParse(ruleset).success || (Array.isArray(ruleset.tags) && Array.isArray(ruleset.groups));
