import type { ReactNode } from 'react';
import type { RulesetChange } from '../../../../shared/tags/index.ts';
import { useWords } from '../../i18n/index.ts';

const MARK = { added: '+', removed: '−', changed: '~' } as const;

interface Props {
  readonly changes: readonly RulesetChange[];
  /** What can be done with one of them. */
  readonly actions?: (change: RulesetChange) => ReactNode;
}

/** What differs, tag by tag and segment by segment: what is new as a sentence, what changed as it was and as it is. */
export function RulesDiff({ changes, actions }: Props) {
  const { t, say } = useWords();
  if (changes.length === 0) return <p className="muted">{t('rules.same')}</p>;
  return (
    <ul className="rules-diff">
      {changes.map((change) => (
        <li key={`${change.what} ${change.key}`} className={change.op}>
          <span className="mark" aria-hidden="true">
            {MARK[change.op]}
          </span>
          <div>
            <b>{say(change.name)}</b> <span className="pill">{t(`rules.what.${change.what}`)}</span>
            {change.lines.length === 0 && <p className="muted">{say(change.said)}</p>}
            {change.lines.map(({ label, was, is }) => (
              <div key={label.en} className="rules-line">
                <span>{say(label)}</span>
                <div>
                  <del className={was ? '' : 'none'}>{was ? say(was) : t('rules.wasNothing')}</del>
                  <ins className={is ? '' : 'none'}>{is ? say(is) : t('rules.isNothing')}</ins>
                </div>
              </div>
            ))}
          </div>
          {actions && <div className="backfill-actions">{actions(change)}</div>}
        </li>
      ))}
    </ul>
  );
}
