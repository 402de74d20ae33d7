import type { Journey } from '../../../shared/journey/index.ts';
import { cardOf } from '../canvas/card-model.ts';
import { useWords } from '../i18n/index.ts';
import { changesBetween } from './changes-between.ts';

const MARK = { added: '+', removed: '−', changed: '~' } as const;

/** What this version does differently from the one that runs now. */
export function Changes({ before, after }: { before: Journey | undefined; after: Journey }) {
  const { t, language } = useWords();
  if (!before) return <p className="muted">{t('publish.firstVersion', { n: after.nodes.length })}</p>;
  const { nodes, lines, settings } = changesBetween(before, after);
  if (nodes.length === 0 && lines === 0 && !settings) return <p className="muted">{t('publish.noChanges')}</p>;
  return (
    <ul className="changes">
      {nodes.map(({ what, node }) => {
        const card = cardOf(node, language);
        return (
          <li key={node.id} className={what}>
            <span aria-hidden="true">{MARK[what]}</span>
            <b>{card.title}</b>
            <span className="muted">
              {t(`publish.change.${what}`)}
              {what !== 'removed' && card.summary !== '' && ` · ${card.summary}`}
            </span>
          </li>
        );
      })}
      {lines > 0 && (
        <li className="changed">
          <span aria-hidden="true">~</span>
          <b>{t('publish.lines', { n: lines })}</b>
        </li>
      )}
      {settings && (
        <li className="changed">
          <span aria-hidden="true">~</span>
          <b>{t('settings.label')}</b>
        </li>
      )}
    </ul>
  );
}
