import { EditOutlined, IdcardOutlined, TeamOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { useLint } from '../api/lint.ts';
import { useSegment } from '../api/segments.ts';
import { useWords } from '../i18n/index.ts';
import { LastChanged } from '../rules/last-changed.tsx';
import { RulePanel } from '../rules/rule-panel.tsx';
import { UsedBy } from '../rules/used-by.tsx';
import { Page } from '../ui/page.tsx';
import { Failure, Loading } from '../ui/states.tsx';
import { ToButton } from '../ui/to-button.tsx';
import { Members } from './members.tsx';
import { share } from './share.ts';

/** One segment: its goal and condition, how many are in it and in which others, who uses it, since when it is so. */
export function SegmentPage() {
  const { t, say } = useWords();
  const { id = '' } = useParams();
  const record = useSegment(id);
  const findings = (useLint().data?.items ?? []).filter(({ segment }) => segment === id);
  const [listed, setListed] = useState(false);
  if (record.isPending) return <Loading />;
  if (record.error) return <Failure error={record.error} onRetry={() => record.refetch()} />;
  const { segment, rule, count, customers, overlaps, uses, changed } = record.data;
  const shared = overlaps.filter((other) => other.count > 0);
  return (
    <Page
      title={say(segment.name)}
      lead={
        <>
          {t('segments.goal', { text: say(segment.goal) })} · <code>{segment.id}</code>
        </>
      }
      actions={
        <>
          <Button icon={<TeamOutlined />} onClick={() => setListed(true)}>
            {t('segments.list')}
          </Button>
          <ToButton to={`/personas?segment=${encodeURIComponent(segment.id)}`} icon={<IdcardOutlined />}>
            {t('personas.link')}
          </ToButton>
          <ToButton to={`/segments/${encodeURIComponent(segment.id)}/edit`} icon={<EditOutlined />}>
            {t('segments.edit')}
          </ToButton>
        </>
      }
    >
      <div className="record-columns">
        <div>
          <RulePanel title={t('segments.condition')} rule={rule} of={segment} findings={findings} />
          <UsedBy uses={uses} />
        </div>
        <div>
          <section className="panel record-count">
            <h2>{t('segments.inside')}</h2>
            <div className="panel-body">
              <p>
                <b>{count.toLocaleString()}</b>{' '}
                <span className="muted">{t('segments.share', { share: share(count, customers) })}</span>
              </p>
            </div>
          </section>
          {shared.length > 0 && (
            <section className="panel">
              <h2>{t('segments.overlaps')}</h2>
              <div className="panel-body">
                <ul className="live-overlaps">
                  {shared.map((other) => (
                    <li key={other.id}>
                      <Link to={`/segments/${encodeURIComponent(other.id)}`}>{say(other.name)}</Link>
                      <b>{other.count.toLocaleString()}</b>
                    </li>
                  ))}
                </ul>
              </div>
            </section>
          )}
          <LastChanged changed={changed} />
        </div>
      </div>
      {listed && <Members segment={{ ...segment, count }} onClose={() => setListed(false)} />}
    </Page>
  );
}
