import { ArrowLeftOutlined, CheckCircleFilled } from '@ant-design/icons';
import { Button, Input, Result } from 'antd';
import { useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import type { Diagnostic } from '../../../shared/diagnostics.ts';
import { diffJourneys } from '../../../shared/journey/index.ts';
import { ApiError } from '../api/client.ts';
import { useCheck, useJourney, usePublish, useVersion } from '../api/journeys.ts';
import type { JourneyRecord } from '../api/types.ts';
import { useVoice } from '../api/use-names.ts';
import { cardOf } from '../canvas/card-model.ts';
import { useProblems } from '../drawer/use-problems.ts';
import { useWords } from '../i18n/index.ts';
import { Page } from '../ui/page.tsx';
import { Failure, Loading } from '../ui/states.tsx';
import { Changes } from './changes.tsx';
import { EstimatePanel } from './estimate-panel.tsx';
import './publish.css';
import { nextVersion } from './next-version.ts';

/** Publishing is a page: what changed, what is wrong, what it will cost, and only then the button. */
export function PublishPage() {
  const { id = '' } = useParams();
  const record = useJourney(id);
  const live = useVersion(id, record.data?.liveVersion);
  const [published, setPublished] = useState<{ name: string; version: number } | undefined>();
  if (published) return <Published id={id} {...published} />;
  if (record.error) return <Failure error={record.error} onRetry={() => record.refetch()} />;
  if (!record.data || (record.data.liveVersion !== undefined && live.isPending)) return <Loading />;
  return <Publish record={record.data} live={live.data?.document} onPublished={setPublished} />;
}

interface PublishProps {
  readonly record: JourneyRecord;
  readonly live: JourneyRecord['draft']['document'] | undefined;
  readonly onPublished: (what: { name: string; version: number }) => void;
}

function Publish({ record, live, onPublished }: PublishProps) {
  const { t } = useWords();
  const { document, revision } = record.draft;
  const checked = useProblems(document, record.versions);
  const server = useCheck(record.id, record.draft);
  const publish = usePublish(record.id);
  const refused = publish.error instanceof ApiError ? publish.error : undefined;
  const diagnostics =
    refused && refused.diagnostics.length > 0 ? refused.diagnostics : (server.data ?? checked).diagnostics;
  const [note, setNote] = useState('');
  const isSame = live !== undefined && diffJourneys(live, document).length === 0;
  const blocked = diagnostics.some((d) => d.severity === 'error');
  const back = `/journeys/${record.id}`;
  return (
    <Page
      title={t('publish.title', { name: document.name })}
      lead={
        <Link to={back}>
          <ArrowLeftOutlined /> {t('publish.backToCanvas')}
        </Link>
      }
      actions={
        <Button
          type={isSame ? 'default' : 'primary'}
          size="large"
          disabled={blocked || server.isPending}
          loading={publish.isPending}
          onClick={() =>
            publish.mutateAsync({ revision, note }).then(
              ({ version }) => onPublished({ name: document.name, version }),
              // A refusal is shown from publish.error.
              () => undefined,
            )
          }
        >
          {t('publish.button', { n: nextVersion(record.versions) })}
        </Button>
      }
    >
      {refused && refused.diagnostics.length === 0 && <Failure error={refused} />}
      <div className="publish-grid">
        <section className="panel">
          <h2>{t('publish.problems')}</h2>
          <div className="panel-body">
            <Checks diagnostics={diagnostics} record={record} />
          </div>
        </section>
        <section className="panel">
          <h2>{t('publish.changes')}</h2>
          <div className="panel-body">
            <Changes before={live} after={document} />
            <Input
              className="publish-said"
              value={note}
              maxLength={500}
              placeholder={t('rules.note')}
              aria-label={t('rules.note')}
              onChange={({ target }) => setNote(target.value)}
            />
          </div>
        </section>
        <section className="panel">
          <h2>{t('publish.estimate')}</h2>
          <div className="panel-body">
            <EstimatePanel estimate={checked.estimate} />
          </div>
        </section>
        {record.liveVersion !== undefined && <p className="note">{t('publish.inFlight')}</p>}
      </div>
    </Page>
  );
}

function Published({ id, name, version }: { id: string; name: string; version: number }) {
  const { t } = useWords();
  const navigate = useNavigate();
  return (
    <Result
      icon={<CheckCircleFilled style={{ color: 'var(--leaf)' }} />}
      title={t('publish.done', { name, n: version })}
      subTitle={t('publish.doneText')}
      extra={[
        <Button key="live" type="primary" onClick={() => navigate(`/journeys/${id}/live`)}>
          {t('publish.seeLive')}
        </Button>,
        <Button key="edit" onClick={() => navigate(`/journeys/${id}`)}>
          {t('publish.backToCanvas')}
        </Button>,
      ]}
    />
  );
}

function Checks({ diagnostics, record }: { diagnostics: readonly Diagnostic[]; record: JourneyRecord }) {
  const { t, say } = useWords();
  const voice = useVoice();
  if (diagnostics.length === 0) {
    return (
      <p className="publish-ok">
        <CheckCircleFilled /> {t('problems.none')}
      </p>
    );
  }
  const nameOf = (d: Diagnostic): string => {
    const node = record.draft.document.nodes.find((n) => n.id === d.node);
    return node ? cardOf(node, voice).title : t('problems.journey');
  };
  return (
    <ul className="publish-problems">
      {diagnostics.map((d) => (
        <li key={`${d.code} ${d.node} ${d.field} ${d.edge} ${d.message.en}`}>
          <span className={`pill ${d.severity === 'error' ? 'bad' : 'warn'}`}>{t(`problems.${d.severity}`)}</span>
          <div>
            <Link to={`/journeys/${record.id}${d.node ? `?node=${d.node}` : ''}`}>{nameOf(d)}</Link>
            <p>{say(d.message)}</p>
            <p className="muted">{say(d.next)}</p>
          </div>
        </li>
      ))}
    </ul>
  );
}
