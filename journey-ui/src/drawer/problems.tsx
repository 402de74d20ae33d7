import { CheckCircleFilled, ExclamationCircleFilled, WarningFilled } from '@ant-design/icons';
import type { Diagnostic } from '../../../shared/diagnostics.ts';
import { useVoice } from '../api/use-names.ts';
import { cardOf } from '../canvas/card-model.ts';
import { useWords } from '../i18n/index.ts';
import { useEditor } from '../store/editor.ts';

/** Each problem: where, what, what to do; a click leads to the card. */
export function Problems({ diagnostics, onGo }: { diagnostics: readonly Diagnostic[]; onGo: (d: Diagnostic) => void }) {
  const { t, say } = useWords();
  const voice = useVoice();
  const journey = useEditor((s) => s.journey);
  if (diagnostics.length === 0) {
    return (
      <p className="drawer-note good">
        <CheckCircleFilled /> {t('problems.none')}
      </p>
    );
  }
  const nameOf = (id: string | undefined): string => {
    const node = journey?.nodes.find((n) => n.id === id);
    return node ? cardOf(node, voice).title : t('problems.journey');
  };
  return (
    <ul className="problem-list">
      {diagnostics.map((d) => (
        <li key={`${d.code} ${d.node} ${d.edge} ${d.field} ${d.message.en}`}>
          <button type="button" className="plain problem" onClick={() => onGo(d)}>
            <span className={`problem-mark ${d.severity}`}>
              {d.severity === 'error' ? <ExclamationCircleFilled /> : <WarningFilled />}
              <span>{t(`problems.${d.severity}`)}</span>
            </span>
            <b>{nameOf(d.node)}</b>
            <span>
              {say(d.message)} <span className="problem-next">{say(d.next)}</span>
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
