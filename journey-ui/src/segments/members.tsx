import { Button, Drawer } from 'antd';
import { Link } from 'react-router';
import { type SegmentItem, useSegmentMembers } from '../api/segments.ts';
import { useWords } from '../i18n/index.ts';
import { Failure, Loading } from '../ui/states.tsx';
import { useTime } from '../ui/time.ts';

/** The customers of a segment, and since when. */
export function Members({ segment, onClose }: { segment: SegmentItem; onClose: () => void }) {
  const { t, say } = useWords();
  const { at } = useTime();
  const members = useSegmentMembers(segment.id);
  const items = members.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Drawer
      open
      size={520}
      title={t('segments.members', { name: say(segment.name), n: segment.count })}
      onClose={onClose}
    >
      {members.error && <Failure error={members.error} onRetry={() => members.refetch()} />}
      {members.isPending && <Loading />}
      {members.data && items.length === 0 && <p className="muted">{t('segments.nobody')}</p>}
      <ul className="lines">
        {items.map((customer) => (
          <li key={customer.id} className="member">
            <Link className="strong-link" to={`/customers/${encodeURIComponent(customer.id)}`}>
              {customer.name ?? customer.id}
              {customer.name && <small>{customer.id}</small>}
            </Link>
            <small>{t('segments.since', { at: at(customer.since) })}</small>
          </li>
        ))}
      </ul>
      {members.hasNextPage && (
        <div className="more">
          <Button loading={members.isFetchingNextPage} onClick={() => members.fetchNextPage()}>
            {t('more')}
          </Button>
        </div>
      )}
    </Drawer>
  );
}
