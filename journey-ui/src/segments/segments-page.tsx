import { IdcardOutlined, PlusOutlined, UsergroupAddOutlined } from '@ant-design/icons';
import { useState } from 'react';
import { Link } from 'react-router';
import { type SegmentItem, useSegments } from '../api/segments.ts';
import { useWords } from '../i18n/index.ts';
import { ChangeOfRules } from '../tags/change/change-of-rules.tsx';
import { Page } from '../ui/page.tsx';
import { Empty, Failure, Loading } from '../ui/states.tsx';
import { Belonging } from './belonging.tsx';
import { Members } from './members.tsx';
import { Overlaps } from './overlaps.tsx';
import { Precedence } from './precedence.tsx';
import { SegmentCard } from './segment-card.tsx';
import './segments.css';
import { ToButton } from '../ui/to-button.tsx';

/** Whom we speak to: each segment with its goal, how many are in it now, and how they overlap. */
export function SegmentsPage() {
  const { t } = useWords();
  const segments = useSegments();
  const [listed, setListed] = useState<SegmentItem>();
  if (segments.isPending) return <Loading />;
  const { items = [], customers = 0, families = [], overlaps = [] } = segments.data ?? {};
  return (
    <Page
      title={t('nav.segments')}
      lead={t('segments.lead', { n: customers.toLocaleString() })}
      actions={
        <>
          <ToButton to="/personas" icon={<IdcardOutlined />}>
            {t('personas.link')}
          </ToButton>
          {items.length > 1 && families.length === 0 && <Precedence />}
          <ToButton to="/segments/-/new" type="primary" icon={<PlusOutlined />}>
            {t('segments.create')}
          </ToButton>
        </>
      }
    >
      {segments.error && <Failure error={segments.error} onRetry={() => segments.refetch()} />}
      {!segments.error && items.length === 0 && (
        <Empty icon={<UsergroupAddOutlined />} title={t('segments.emptyTitle')} text={t('segments.emptyText')}>
          <Link to="/journeys">{t('segments.toPacks')}</Link>
        </Empty>
      )}
      <ChangeOfRules />
      {families.map((family) => (
        <Belonging key={family.id} family={family} items={items} customers={customers} />
      ))}
      <div className="segment-grid">
        {items.map((segment) => (
          <SegmentCard key={segment.id} segment={segment} customers={customers} onList={() => setListed(segment)} />
        ))}
      </div>
      {items.length > 1 && <Overlaps items={items} overlaps={overlaps} />}
      {listed !== undefined && <Members segment={listed} onClose={() => setListed(undefined)} />}
    </Page>
  );
}
