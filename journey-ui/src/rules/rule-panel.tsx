import type { Diagnostic } from '../../../shared/diagnostics.ts';
import type { Words } from '../../../shared/words.ts';
import { ProblemLines } from '../form/problem-lines.tsx';
import { useWords } from '../i18n/index.ts';

/** A rule as a sentence, with what lints say of it. */
export function RulePanel({ title, rule, findings }: { title: string; rule: Words; findings: readonly Diagnostic[] }) {
  const { say } = useWords();
  return (
    <section className="panel">
      <h2>{title}</h2>
      <div className="panel-body">
        <p className="record-rule">{say(rule)}</p>
        {findings.length > 0 && <ProblemLines problems={findings} />}
      </div>
    </section>
  );
}
