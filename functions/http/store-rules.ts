import type { LintFinding } from '../../shared/lint/index.ts';
import { parseRuleset } from '../../shared/tags/index.ts';
import { everybodyKnows } from '../ports/fresh.ts';
import { currentRules, putRuleset } from '../ports/ruleset/index.ts';
import { conflict, invalid } from './errors.ts';
import { lintChange } from './lint-change.ts';
import { lintInput } from './lint-input.ts';

export interface StoredRules {
  readonly version: number;
  /** What lints say of all that is installed, now with these rules. */
  readonly warnings: readonly LintFinding[];
}

/** Checks and stores; customers come to the new rules with whatever happens to them next. */
export async function storeRules(ruleset: unknown, base: number, author: string): Promise<StoredRules> {
  const parsed = parseRuleset({ ...(ruleset as object), version: base + 1 });
  if (!parsed.ok) throw invalid(parsed.diagnostics);
  const before = await lintInput();
  const warnings = lintChange(before, { ...before, ruleset: parsed.ruleset });
  const stored = await putRuleset(parsed.ruleset, base, { author });
  if (!stored.ok) throw conflict((await currentRules()).ruleset);
  await everybodyKnows();
  return { version: stored.version, warnings };
}
