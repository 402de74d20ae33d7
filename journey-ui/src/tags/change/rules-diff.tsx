import type { RulesetChange } from '../../../../shared/tags/index.ts';
import { useWords } from '../../i18n/index.ts';

const MARK = { added: '+', removed: '−', changed: '~' } as const;

/** What differs, a line for each tag, segment or group. */
export function RulesDiff({ changes }: { changes: readonly RulesetChange[] }) {
  const { t, say } = useWords();
  if (changes.length === 0) return <p className="muted">{t('rules.same')}</p>;
  return (
    <ul className="rules-diff">
      {changes.map(({ what, op, key, name, said }) => (
        <li key={`${what} ${key}`} className={op}>
          <span aria-hidden="true">{MARK[op]}</span>
          <div>
            <b>{say(name)}</b> <span className="pill">{t(`rules.what.${what}`)}</span>
            <p className="muted">{say(said)}</p>
          </div>
        </li>
      ))}
    </ul>
  );
}
