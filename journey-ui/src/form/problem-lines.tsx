import type { Diagnostic } from '../../../shared/diagnostics.ts';
import { useWords } from '../i18n/index.ts';

/** What is wrong and what to do about it, a line each; the same is said once. */
export function ProblemLines({ problems }: { problems: readonly Diagnostic[] }) {
  const { say } = useWords();
  const lines = new Map(problems.map((p) => [`${say(p.message)} ${say(p.next)}`, p.severity]));
  return [...lines].map(([line, severity]) => (
    <p key={line} className={`field-problem ${severity}`} role={severity === 'error' ? 'alert' : undefined}>
      {line}
    </p>
  ));
}
