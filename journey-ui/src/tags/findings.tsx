import { Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import type { LintFinding } from '../../../shared/lint/index.ts';
import { useJourneys } from '../api/journeys.ts';
import { useLint } from '../api/lint.ts';
import { useWords } from '../i18n/index.ts';
import { Failure } from '../ui/states.tsx';

/** So many are read at a glance; the tags below stay in sight. */
const AT_A_GLANCE = 4;

/** What is unwise about tags, segments and journeys, errors first; nothing while there is nothing to say. */
export function Findings() {
  const { t } = useWords();
  const lint = useLint();
  const [all, setAll] = useState(false);
  if (lint.error) return <Failure error={lint.error} onRetry={() => lint.refetch()} />;
  const found = lint.data?.items ?? [];
  if (found.length === 0) return null;
  return (
    <section className="tag-section" aria-label={t('tags.lint')}>
      <h2>
        {t('tags.lint')} <small>{found.length}</small>
      </h2>
      <ul className="panel">
        {found.slice(0, all ? found.length : AT_A_GLANCE).map((finding) => (
          <FindingRow key={`${finding.code} ${finding.journey} ${finding.message.en}`} finding={finding} />
        ))}
      </ul>
      {found.length > AT_A_GLANCE && (
        <Button type="link" onClick={() => setAll(!all)}>
          {all ? t('tags.lintLess') : t('tags.lintAll', { n: found.length })}
        </Button>
      )}
    </section>
  );
}

function FindingRow({ finding: { severity, lint, message, next, journey, node } }: { finding: LintFinding }) {
  const { t, say } = useWords();
  const name = useJourneys().data?.items.find(({ id }) => id === journey)?.name ?? t('tags.openJourney');
  return (
    <li className="tag-line finding-line">
      <span className={`pill ${severity === 'error' ? 'bad' : 'warn'}`}>{t(`problems.${severity}`)}</span>
      <div>
        <p>{say(message)}</p>
        <p className="muted">{say(next)}</p>
      </div>
      {journey === undefined ? (
        <span className="muted">{lint}</span>
      ) : (
        <Link to={`/journeys/${encodeURIComponent(journey)}${node === undefined ? '' : `?node=${node}`}`}>{name}</Link>
      )}
    </li>
  );
}
