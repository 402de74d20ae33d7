import { InboxOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { useInbox } from '../api/customers.ts';
import { useJourneys } from '../api/journeys.ts';
import type { Message } from '../api/types.ts';
import { useWords } from '../i18n/index.ts';
import { Page } from '../ui/page.tsx';
import { ReasonText } from '../ui/reason.tsx';
import { Empty, Failure, Loading } from '../ui/states.tsx';
import { useTime } from '../ui/time.ts';
import { Whose } from '../ui/whose.tsx';
import '../ui/bubble.css';
import './inbox.css';
import { ToButton } from '../ui/to-button.tsx';

/** Every message as it was written, and as it reads on a phone. */
export function InboxPage() {
  const { t } = useWords();
  const inbox = useInbox();
  const [chosen, setChosen] = useState<string | undefined>();
  if (inbox.isPending) return <Loading />;
  const items = inbox.data?.pages.flatMap((p) => p.items) ?? [];
  const open = items.find((m) => m.id === chosen) ?? items[0];
  return (
    <Page title={t('nav.inbox')} lead={t('inbox.lead')}>
      {inbox.error && <Failure error={inbox.error} onRetry={() => inbox.refetch()} />}
      {!inbox.error && items.length === 0 && (
        <Empty icon={<InboxOutlined />} title={t('inbox.emptyTitle')} text={t('inbox.emptyText')}>
          <ToButton to="/journeys" type="primary">
            {t('toJourneys')}
          </ToButton>
        </Empty>
      )}
      {open && (
        <div className="inbox">
          <ul className="panel inbox-list">
            {items.map((m) => (
              <li key={m.id}>
                <Row message={m} chosen={m === open} onChoose={() => setChosen(m.id)} />
              </li>
            ))}
            {inbox.hasNextPage && (
              <li className="more">
                <Button loading={inbox.isFetchingNextPage} onClick={() => inbox.fetchNextPage()}>
                  {t('more')}
                </Button>
              </li>
            )}
          </ul>
          <Phone message={open} />
        </div>
      )}
    </Page>
  );
}

const tone = (m: Message): string => (m.status === 'sent' ? 'good' : m.status === 'failed' ? 'bad' : 'warn');

function Row({ message: m, chosen, onChoose }: { message: Message; chosen: boolean; onChoose: () => void }) {
  const { t } = useWords();
  const { at } = useTime();
  const journeys = useJourneys().data?.items ?? [];
  return (
    <button type="button" className={`inbox-row ${chosen ? 'chosen' : ''}`} aria-pressed={chosen} onClick={onChoose}>
      <span className="inbox-top">
        <b>
          <Whose customer={m.customer} name={m.name} />
        </b>
        <time>{at(m.at)}</time>
      </span>
      <span className="inbox-text">{m.title || m.body || '—'}</span>
      <span className="inbox-top">
        <small className="muted">{journeys.find((j) => j.id === m.journey)?.name ?? m.journey}</small>
        <span className={`pill ${tone(m)}`}>{t(`message.${m.status}`)}</span>
      </span>
    </button>
  );
}

function Phone({ message: m }: { message: Message }) {
  const { t } = useWords();
  const { at } = useTime();
  const journeys = useJourneys().data?.items ?? [];
  return (
    <section className="handset-side" aria-label={t('inbox.reading')}>
      <div className="handset">
        <div className="handset-head">
          <span className="handset-dot" />
          <b>{t('brand')}</b>
        </div>
        <div className="handset-body">
          <time>{at(m.at)}</time>
          {m.body ? (
            <div className="bubble">
              {m.title && <b>{m.title}</b>}
              {m.body}
            </div>
          ) : (
            <p className="muted">{t('inbox.noBody')}</p>
          )}
          {m.status !== 'sent' && (
            <p className="handset-note">
              {t(`message.${m.status}`)}
              {m.reason && <ReasonText reason={m.reason} why={m.why} />}
            </p>
          )}
        </div>
      </div>
      <dl className="facts">
        <dt>{t('inbox.to')}</dt>
        <dd>
          <Link to={`/customers/${encodeURIComponent(m.customer)}`}>
            <Whose customer={m.customer} name={m.name} />
          </Link>
        </dd>
        <dt>{t('inbox.from')}</dt>
        <dd>
          {m.enrolment ? (
            <Link to={`/executions/${encodeURIComponent(m.customer)}/${encodeURIComponent(m.enrolment)}`}>
              {journeys.find((j) => j.id === m.journey)?.name ?? m.journey}
            </Link>
          ) : (
            m.journey
          )}
        </dd>
        <dt>{t('inbox.channel')}</dt>
        <dd>{t(`inbox.channels.${m.channel}`, { defaultValue: m.channel })}</dd>
      </dl>
    </section>
  );
}
