import type { Diagnostic } from '../../../shared/diagnostics.ts';
import type { TagDefinition } from '../../../shared/tags/index.ts';
import type { Words } from '../../../shared/words.ts';
import { ProblemLines } from '../form/problem-lines.tsx';
import { useWords } from '../i18n/index.ts';
import { ReadingInForce } from './readings.tsx';

/** A rule as a sentence, with what lints say of it. */
export function RulePanel({
  title,
  rule,
  of,
  findings,
}: {
  title: string;
  rule: Words;
  of: Pick<TagDefinition, 'when' | 'readings'>;
  findings: readonly Diagnostic[];
}) {
  const { say } = useWords();
  return (
    <section className="panel">
      <h2>{title}</h2>
      <div className="panel-body">
        <p className="record-rule">{say(rule)}</p>
        <ReadingInForce when={of.when} readings={of.readings} />
        {findings.length > 0 && <ProblemLines problems={findings} />}
      </div>
    </section>
  );
}
