import { EditOutlined } from '@ant-design/icons';
import { Fragment } from 'react';
import { Link, useParams } from 'react-router';
import { CATEGORIES } from '../../../shared/tags/index.ts';
import { useLint } from '../api/lint.ts';
import { type TagRecord, useTag } from '../api/rules.ts';
import { useWords } from '../i18n/index.ts';
import { LastChanged } from '../rules/last-changed.tsx';
import { RulePanel } from '../rules/rule-panel.tsx';
import { UsedBy } from '../rules/used-by.tsx';
import { Page } from '../ui/page.tsx';
import { Failure, Loading } from '../ui/states.tsx';
import { ToButton } from '../ui/to-button.tsx';

/** One tag: what it means and what for, its rule, how many hold it, who uses it, and since when it is so. */
export function TagPage() {
  const { t, say } = useWords();
  const { key = '' } = useParams();
  const record = useTag(key);
  const findings = (useLint().data?.items ?? []).filter(({ tag }) => tag === key);
  if (record.isPending) return <Loading />;
  if (record.error) return <Failure error={record.error} onRetry={() => record.refetch()} />;
  const { tag, rule, count, uses, group, changed } = record.data;
  return (
    <Page
      title={say(tag.name)}
      lead={
        <>
          {say(CATEGORIES[tag.category]) || tag.category} · <code>{tag.key}</code>
        </>
      }
      actions={
        <ToButton to={`/tags/${encodeURIComponent(tag.key)}/edit`} icon={<EditOutlined />}>
          {t('tags.edit')}
        </ToButton>
      }
    >
      <div className="record-columns">
        <div>
          <RulePanel title={t('tags.rule')} rule={rule} of={tag} findings={findings} />
          {(tag.purpose ?? tag.description) && (
            <section className="panel">
              <h2>{t('tags.meaning')}</h2>
              <div className="panel-body">
                {tag.purpose && <p>{t('tags.purpose', { text: say(tag.purpose) })}</p>}
                {tag.description && <p className="muted">{say(tag.description)}</p>}
              </div>
            </section>
          )}
          <UsedBy uses={uses} />
        </div>
        <div>
          <section className="panel record-count">
            <h2>{t('tags.holders')}</h2>
            <div className="panel-body">
              <p>
                <b>{count.toLocaleString()}</b>{' '}
                <span className="muted">{t(tag.family || tag.infer ? 'tags.pairs' : 'tags.people')}</span>
              </p>
              <p>
                <Link to={`/customers?tag=${encodeURIComponent(tag.key)}`}>{t('tags.seeHolders')}</Link> ·{' '}
                <Link to={`/personas?tag=${encodeURIComponent(tag.key)}`}>{t('personas.link')}</Link>
              </p>
            </div>
          </section>
          {group && <Levels group={group} mine={tag.key} />}
          <LastChanged changed={changed} />
        </div>
      </div>
    </Page>
  );
}

function Levels({ group, mine }: { group: NonNullable<TagRecord['group']>; mine: string }) {
  const { t, say } = useWords();
  return (
    <section className="panel">
      <h2>{t('tags.groupOf', { name: say(group.name) })}</h2>
      <div className="panel-body record-levels">
        {group.levels.map(({ key, name }, i) => (
          <Fragment key={key}>
            {i > 0 && <span aria-hidden="true">‹</span>}
            <Link to={`/tags/${encodeURIComponent(key)}`} className={`pill ${key === mine ? 'mine' : ''}`}>
              {say(name)}
            </Link>
          </Fragment>
        ))}
      </div>
    </section>
  );
}
