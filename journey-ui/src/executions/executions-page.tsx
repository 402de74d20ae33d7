import { PlayCircleOutlined } from '@ant-design/icons';
import { Button, Select, Table } from 'antd';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { useExecutions } from '../api/executions.ts';
import { useJourneys } from '../api/journeys.ts';
import type { Enrolment } from '../api/types.ts';
import { FindCustomer } from '../customers/find-customer.tsx';
import { useWords } from '../i18n/index.ts';
import { EndReason } from '../ui/end-reason.tsx';
import { Page } from '../ui/page.tsx';
import { ReasonText } from '../ui/reason.tsx';
import { Empty, Failure, Loading } from '../ui/states.tsx';
import { StatusPill } from '../ui/status-pill.tsx';
import { useTime } from '../ui/time.ts';
import { ToButton } from '../ui/to-button.tsx';
import { Whose } from '../ui/whose.tsx';

const STATUS = ['active', 'goal', 'completed', 'exited', 'stopped', 'failed'] as const;

/** Every passage of a customer through a journey: find one, open it on the canvas. */
export function ExecutionsPage() {
  const { t, say } = useWords();
  const navigate = useNavigate();
  const { at } = useTime();
  const [params, setParams] = useSearchParams();
  const filter = Object.fromEntries([...params].filter(([, value]) => value !== ''));
  const runs = useExecutions(filter);
  const journeys = useJourneys().data?.items ?? [];
  const nameOf = (id: string): string => journeys.find((j) => j.id === id)?.name ?? id;
  const put = (key: string, value: string | undefined): void => {
    const next = new URLSearchParams(params);
    if (value) next.set(key, value);
    else next.delete(key);
    setParams(next, { replace: true });
  };
  const filtered = Object.keys(filter).length > 0;
  const items = runs.data?.pages.flatMap((page) => page.items) ?? [];
  const path = (e: Enrolment): string => `/executions/${encodeURIComponent(e.customer)}/${encodeURIComponent(e.id)}`;
  return (
    <Page
      title={t('nav.executions')}
      lead={t('executions.lead')}
      actions={
        <>
          <FindCustomer value={filter['customer']} onFind={(id) => put('customer', id)} />
          <Select
            allowClear
            value={filter['journey'] ?? null}
            placeholder={t('executions.anyJourney')}
            aria-label={t('executions.anyJourney')}
            options={journeys.map((j) => ({ value: j.id, label: j.name }))}
            onChange={(id: string | null) => put('journey', id ?? undefined)}
            style={{ width: 180 }}
          />
          <Select
            allowClear
            value={filter['status'] ?? null}
            placeholder={t('executions.anyStatus')}
            aria-label={t('executions.anyStatus')}
            options={STATUS.map((s) => ({ value: s, label: t(`enrolment.${s}`) }))}
            onChange={(s: string | null) => put('status', s ?? undefined)}
            style={{ width: 130 }}
          />
        </>
      }
    >
      {runs.error && <Failure error={runs.error} onRetry={() => runs.refetch()} />}
      {runs.isPending ? (
        <Loading />
      ) : runs.error && items.length === 0 ? null : items.length === 0 ? (
        <Empty
          icon={<PlayCircleOutlined />}
          title={t(filtered ? 'executions.noneTitle' : 'executions.emptyTitle')}
          text={t(filtered ? 'executions.noneText' : 'executions.emptyText')}
        >
          {!filtered && <ToButton to="/journeys">{t('toJourneys')}</ToButton>}
        </Empty>
      ) : (
        <div className="panel">
          <Table<Enrolment>
            rowKey="id"
            dataSource={items}
            pagination={false}
            onRow={(e) => ({ onClick: () => navigate(path(e)), style: { cursor: 'pointer' } })}
            columns={[
              {
                title: t('executions.customer'),
                width: 250,
                render: (_, e) => (
                  <Link className="strong-link" to={path(e)} onClick={(event) => event.stopPropagation()}>
                    <Whose customer={e.customer} name={e.name} />
                  </Link>
                ),
              },
              {
                title: t('executions.journey'),
                width: 220,
                render: (_, e) => (
                  <>
                    {nameOf(e.journey)} <span className="muted">{t('version', { n: e.version })}</span>
                  </>
                ),
              },
              { title: t('executions.status'), width: 110, render: (_, e) => <StatusPill status={e.status} /> },
              {
                title: t('executions.why'),
                render: (_, e) => (
                  <span className="why-ended">
                    {e.stands && <small>{t('executions.standsAt', { step: say(e.stands) })}</small>}
                    {e.held ? <ReasonText reason={e.held.reason} why={e.held.why} /> : <EndReason enrolment={e} />}
                  </span>
                ),
              },
              { title: t('executions.entered'), width: 130, render: (_, e) => at(e.enteredAt) },
              { title: t('executions.ended'), width: 130, render: (_, e) => at(e.endedAt) },
            ]}
          />
          {runs.hasNextPage && (
            <div className="more">
              <Button loading={runs.isFetchingNextPage} onClick={() => runs.fetchNextPage()}>
                {t('more')}
              </Button>
            </div>
          )}
        </div>
      )}
    </Page>
  );
}
