import { parseRuleset } from '../../shared/tags/index.ts';
import { everybodyKnows } from '../ports/fresh.ts';
import { currentRules, putRuleset } from '../ports/ruleset/index.ts';
import { conflict, invalid } from './errors.ts';

/** Checks and stores; customers come to the new rules with whatever happens to them next. */
export async function storeRules(ruleset: unknown, base: number, author: string): Promise<number> {
  const parsed = parseRuleset({ ...(ruleset as object), version: base + 1 });
  if (!parsed.ok) throw invalid(parsed.diagnostics);
  const stored = await putRuleset(parsed.ruleset, base, { author });
  if (!stored.ok) throw conflict((await currentRules()).ruleset);
  await everybodyKnows();
  return stored.version;
}
