import { type LintFinding, type LintInput, lint } from '../../shared/lint/index.ts';
import { invalid } from './errors.ts';

/**
 * What lints say after a change. An error that the change brings refuses it; what was wrong before refuses nothing, or
 * nobody could mend one thing at a time.
 *
 * @throws ApiError 422 with the new errors as diagnostics
 */
export function lintChange(before: LintInput, after: LintInput): readonly LintFinding[] {
  const known = new Set(lint(before).map(nameOf));
  const found = lint(after);
  const brought = found.filter((finding) => finding.severity === 'error' && !known.has(nameOf(finding)));
  if (brought.length > 0) throw invalid(brought);
  return found;
}

/** The same finding: of tags and segments the place among the others is left out, since it moves with them. */
const nameOf = ({ code, journey, node, tag, segment, message }: LintFinding): string =>
  JSON.stringify([code, journey, node, tag, segment, message.en]);
