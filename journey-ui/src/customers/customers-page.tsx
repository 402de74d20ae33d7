import { TeamOutlined } from '@ant-design/icons';
import { Button, Input, Select, Table } from 'antd';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { STAGE_NAMES } from '../../../shared/stages.ts';
import { useCustomers, useTags } from '../api/customers.ts';
import type { CustomerItem } from '../api/types.ts';
import { useNames } from '../api/use-names.ts';
import { useWords } from '../i18n/index.ts';
import { FirstEvent } from '../start/first-event.tsx';
import { Page } from '../ui/page.tsx';
import { Empty, Failure, Loading } from '../ui/states.tsx';
import { useTime } from '../ui/time.ts';
import './customers.css';
import { ToButton } from '../ui/to-button.tsx';

const SHOWN_TAGS = 6;

export function CustomersPage() {
  const { t, say } = useWords();
  const { ago } = useTime();
  const navigate = useNavigate();
  const [params, setParams] = useSearchParams();
  const q = params.get('q') ?? '';
  const tag = params.get('tag') ?? '';
  const customers = useCustomers({ q, tag });
  const tags = useTags().data?.items ?? [];
  const names = useNames();
  const put = (next: Record<string, string>): void =>
    setParams(Object.fromEntries(Object.entries({ q, tag, ...next }).filter(([, v]) => v !== '')), { replace: true });
  const items = customers.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Page
      title={t('nav.customers')}
      lead={t('customers.lead')}
      actions={
        <>
          <Input.Search
            allowClear
            defaultValue={q}
            placeholder={t('customers.search')}
            aria-label={t('customers.search')}
            onSearch={(text) => put({ q: text.trim() })}
            style={{ width: 260 }}
          />
          <Select
            allowClear
            showSearch={{ optionFilterProp: 'label' }}
            value={tag || null}
            placeholder={t('customers.anyTag')}
            aria-label={t('customers.anyTag')}
            options={tags.map((item) => ({ value: item.key, label: say(item.name) }))}
            onChange={(key: string | null) => put({ tag: key ?? '' })}
            style={{ width: 180 }}
          />
        </>
      }
    >
      {customers.error && <Failure error={customers.error} onRetry={() => customers.refetch()} />}
      {customers.isPending ? (
        <Loading />
      ) : customers.error && items.length === 0 ? null : items.length === 0 ? (
        <Empty
          icon={<TeamOutlined />}
          title={t(q || tag ? 'customers.noneFound' : 'customers.emptyTitle')}
          text={t(q || tag ? 'customers.noneFoundText' : 'customers.emptyText')}
        >
          {customers.hasNextPage && (
            <Button loading={customers.isFetchingNextPage} onClick={() => customers.fetchNextPage()}>
              {t('customers.lookOn')}
            </Button>
          )}
          {!q && !tag && (
            <>
              <FirstEvent />
              <ToButton to="/imports">{t('toImports')}</ToButton>
            </>
          )}
        </Empty>
      ) : (
        <div className="panel">
          <Table<CustomerItem>
            rowKey="id"
            dataSource={items}
            pagination={false}
            onRow={(c) => ({
              onClick: () => navigate(`/customers/${encodeURIComponent(c.id)}`),
              style: { cursor: 'pointer' },
            })}
            columns={[
              {
                title: t('customers.customer'),
                width: 220,
                render: (_, c) => (
                  <Link
                    className="strong-link"
                    to={`/customers/${encodeURIComponent(c.id)}`}
                    onClick={(e) => e.stopPropagation()}
                  >
                    {c.name ?? c.id}
                    {c.name && <small className="muted"> {c.id}</small>}
                  </Link>
                ),
              },
              {
                title: t('customers.stage'),
                width: 120,
                render: (_, c) =>
                  c.stage && (
                    <span className="stage-name" style={{ '--tint': `var(--lane-${c.stage})` } as React.CSSProperties}>
                      {say(STAGE_NAMES[c.stage])}
                    </span>
                  ),
              },
              {
                title: t('customers.tags'),
                render: (_, c) => (
                  <span className="tag-row">
                    {c.tags.slice(0, SHOWN_TAGS).map((key) => (
                      <span key={key} className="pill">
                        {say(names.tag(key))}
                      </span>
                    ))}
                    {c.tags.length > SHOWN_TAGS && <span className="muted">+{c.tags.length - SHOWN_TAGS}</span>}
                  </span>
                ),
              },
              {
                title: t('customers.lastSeen'),
                width: 140,
                render: (_, c) => <span className="muted">{ago(c.lastSeenAt)}</span>,
              },
            ]}
          />
          {customers.hasNextPage && (
            <div className="more">
              <Button loading={customers.isFetchingNextPage} onClick={() => customers.fetchNextPage()}>
                {t('more')}
              </Button>
            </div>
          )}
        </div>
      )}
    </Page>
  );
}
