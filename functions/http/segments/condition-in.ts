import { type Condition, conditionSchema, ruleDiagnostics } from '../../../shared/rules/index.ts';
import { invalid } from '../errors.ts';

/** A condition that somebody sent, or a 422 that names what is wrong with it. */
export function conditionIn(when: unknown): Condition {
  const parsed = conditionSchema.safeParse(when);
  if (!parsed.success) throw invalid(ruleDiagnostics(parsed.error.issues));
  return parsed.data;
}
