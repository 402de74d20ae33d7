import { PlusOutlined, UsergroupAddOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import type { SegmentDefinition } from '../../../shared/tags/index.ts';
import { type SegmentItem, useSegments } from '../api/segments.ts';
import { useWords } from '../i18n/index.ts';
import { Page } from '../ui/page.tsx';
import { Empty, Failure, Loading } from '../ui/states.tsx';
import { Belonging } from './belonging.tsx';
import { Members } from './members.tsx';
import { Overlaps } from './overlaps.tsx';
import { SegmentCard } from './segment-card.tsx';
import { SegmentEditor } from './segment-editor.tsx';
import './segments.css';

/** Whom we speak to: each segment with its goal, how many are in it now, and how they overlap. */
export function SegmentsPage() {
  const { t } = useWords();
  const segments = useSegments();
  const [edited, setEdited] = useState<SegmentDefinition | 'new'>();
  const [listed, setListed] = useState<SegmentItem>();
  if (segments.isPending) return <Loading />;
  const { items = [], customers = 0, families = [], overlaps = [] } = segments.data ?? {};
  return (
    <Page
      title={t('nav.segments')}
      lead={t('segments.lead', { n: customers.toLocaleString() })}
      actions={
        <Button icon={<PlusOutlined />} onClick={() => setEdited('new')}>
          {t('segments.create')}
        </Button>
      }
    >
      {segments.error && <Failure error={segments.error} onRetry={() => segments.refetch()} />}
      {!segments.error && items.length === 0 && (
        <Empty icon={<UsergroupAddOutlined />} title={t('segments.emptyTitle')} text={t('segments.emptyText')}>
          <Link to="/journeys">{t('segments.toPacks')}</Link>
        </Empty>
      )}
      {families.map((family) => (
        <Belonging key={family.id} family={family} items={items} customers={customers} />
      ))}
      <div className="segment-grid">
        {items.map((segment) => (
          <SegmentCard
            key={segment.id}
            segment={segment}
            customers={customers}
            onEdit={() => setEdited(segment)}
            onList={() => setListed(segment)}
          />
        ))}
      </div>
      {items.length > 1 && <Overlaps items={items} overlaps={overlaps} />}
      {edited !== undefined && (
        <SegmentEditor
          segment={edited === 'new' ? undefined : edited}
          taken={items.map(({ id }) => id)}
          onClose={() => setEdited(undefined)}
        />
      )}
      {listed !== undefined && <Members segment={listed} onClose={() => setListed(undefined)} />}
    </Page>
  );
}
