import type { ReactNode } from 'react';
import type { ChangedLine } from '../../../shared/changes.ts';
import type { Words } from '../../../shared/words.ts';
import { useWords } from '../i18n/index.ts';
import './change-list.css';

const MARK = { added: '+', removed: '−', changed: '~' } as const;

interface Change {
  readonly what: string;
  readonly key: string;
  readonly op: keyof typeof MARK;
  readonly name: Words;
  readonly said: Words;
  readonly lines: readonly ChangedLine[];
}

interface Props<C extends Change> {
  readonly changes: readonly C[];
  /** What kind of thing it is. */
  readonly kindOf: (change: C) => string;
  /** What is said when nothing differs. */
  readonly same: string;
  /** What can be done with one of them. */
  readonly actions?: ((change: C) => ReactNode) | undefined;
}

/** What differs, thing by thing: what is new as a sentence, what changed as it was and as it is. */
export function ChangeList<C extends Change>({ changes, kindOf, same, actions }: Props<C>) {
  const { t, say } = useWords();
  if (changes.length === 0) return <p className="muted">{same}</p>;
  return (
    <ul className="change-list">
      {changes.map((change) => (
        <li key={`${change.what} ${change.key}`} className={change.op}>
          <span className="mark" aria-hidden="true">
            {MARK[change.op]}
          </span>
          <div>
            <b>{say(change.name)}</b> <span className="pill">{kindOf(change)}</span>
            {change.lines.length === 0 && <p className="muted">{say(change.said)}</p>}
            {change.lines.map(({ label, was, is }) => (
              <div key={label.en} className="change-line">
                <span>{say(label)}</span>
                <div>
                  <del className={was ? '' : 'none'}>{was ? say(was) : t('wasNothing')}</del>
                  <ins className={is ? '' : 'none'}>{is ? say(is) : t('isNothing')}</ins>
                </div>
              </div>
            ))}
          </div>
          {actions && <div className="change-actions">{actions(change)}</div>}
        </li>
      ))}
    </ul>
  );
}
