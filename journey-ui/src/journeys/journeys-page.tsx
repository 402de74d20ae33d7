import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { App, Button, Input, Table } from 'antd';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { emptyJourney } from '../../../shared/journey/index.ts';
import { STAGE_NAMES } from '../../../shared/stages.ts';
import { useCreateJourney, useDeleteJourney, useJourneys } from '../api/journeys.ts';
import type { JourneyItem } from '../api/types.ts';
import { useWords } from '../i18n/index.ts';
import { GettingStarted } from '../start/getting-started.tsx';
import { Page } from '../ui/page.tsx';
import { Failure, Loading } from '../ui/states.tsx';
import { useTime } from '../ui/time.ts';
import { freshJourneyId } from './fresh-id.ts';
import { ImportJourney } from './import-journey.tsx';
import { StarterPacks } from './starter-packs.tsx';

/** So many are found by looking. */
const AT_A_GLANCE = 8;

/** All journeys; when there are none, the ways to begin. */
export function JourneysPage() {
  const { t } = useWords();
  const navigate = useNavigate();
  const journeys = useJourneys();
  const create = useCreateJourney();
  const [words, setWords] = useState('');
  const blank = (): void => {
    const taken = (journeys.data?.items ?? []).map((j) => j.id);
    create.mutate(emptyJourney(freshJourneyId(taken), t('journeys.newName')), {
      onSuccess: ({ id }) => navigate(`/journeys/${id}`),
    });
  };
  const add = (
    <Button type="primary" icon={<PlusOutlined />} loading={create.isPending} onClick={blank}>
      {t('journeys.new')}
    </Button>
  );
  if (journeys.isPending) return <Loading />;
  const items = journeys.data?.items ?? [];
  const found = items.filter(({ id, name }) => `${name} ${id}`.toLowerCase().includes(words.trim().toLowerCase()));
  return (
    <Page
      title={t('nav.journeys')}
      lead={t('journeys.lead')}
      actions={
        <>
          {items.length > AT_A_GLANCE && (
            <Input
              allowClear
              value={words}
              placeholder={t('journeys.search')}
              aria-label={t('journeys.search')}
              onChange={({ target }) => setWords(target.value)}
              style={{ width: 200 }}
            />
          )}
          <ImportJourney />
          {items.length > 0 && add}
        </>
      }
    >
      {journeys.error && <Failure error={journeys.error} onRetry={() => journeys.refetch()} />}
      {create.error && <Failure error={create.error} />}
      <GettingStarted />
      {items.length > 0 && <JourneyTable items={found} />}
      {!journeys.error && <StarterPacks first={items.length === 0} blank={items.length === 0 ? add : null} />}
    </Page>
  );
}

function JourneyTable({ items }: { items: readonly JourneyItem[] }) {
  const { t, say } = useWords();
  const { ago } = useTime();
  const navigate = useNavigate();
  const { modal } = App.useApp();
  const remove = useDeleteJourney();
  const ask = (item: JourneyItem): void => {
    modal.confirm({
      title: t('journeys.deleteTitle', { name: item.name }),
      content: t('journeys.deleteText'),
      okText: t('delete'),
      okButtonProps: { danger: true },
      onOk: () => remove.mutateAsync(item.id),
    });
  };
  return (
    <div className="panel">
      <Table<JourneyItem>
        rowKey="id"
        dataSource={[...items]}
        locale={{ emptyText: t('journeys.noneFound') }}
        pagination={items.length > 50 ? { pageSize: 50 } : false}
        onRow={(item) => ({ onClick: () => navigate(`/journeys/${item.id}`), style: { cursor: 'pointer' } })}
        columns={[
          {
            title: t('journeys.name'),
            render: (_, item) => (
              <Link to={`/journeys/${item.id}`} className="strong-link" onClick={(e) => e.stopPropagation()}>
                {item.name || t('untitled')}
              </Link>
            ),
          },
          {
            title: t('journeys.stage'),
            width: 150,
            render: (_, item) =>
              item.stage && (
                <span className="stage-name" style={{ '--tint': `var(--lane-${item.stage})` } as React.CSSProperties}>
                  {say(STAGE_NAMES[item.stage])}
                </span>
              ),
          },
          { title: t('journeys.status'), width: 150, render: (_, item) => <Status item={item} /> },
          { title: t('journeys.active'), width: 110, align: 'right', dataIndex: 'active' },
          { title: t('journeys.entered'), width: 110, align: 'right', dataIndex: 'entered' },
          {
            title: t('journeys.updated'),
            width: 170,
            render: (_, item) => (
              <span className="muted" style={{ whiteSpace: 'nowrap' }}>
                {ago(item.updatedAt)}
              </span>
            ),
          },
          {
            width: 56,
            render: (_, item) =>
              item.liveVersion === undefined && (
                <Button
                  type="text"
                  size="small"
                  icon={<DeleteOutlined />}
                  aria-label={`${t('delete')} ${item.name}`}
                  onClick={(e) => {
                    e.stopPropagation();
                    ask(item);
                  }}
                />
              ),
          },
        ]}
      />
    </div>
  );
}

function Status({ item }: { item: JourneyItem }) {
  const { t } = useWords();
  const tone = item.status === 'live' ? 'good' : item.status === 'paused' ? 'warn' : '';
  return (
    <span className={`pill ${tone}`}>
      {t(`status.${item.status}`)}
      {item.liveVersion !== undefined && ` · ${t('version', { n: item.liveVersion })}`}
    </span>
  );
}
