import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { App, Button, Input, Select } from 'antd';
import { useState } from 'react';
import type { Outward } from '../../../shared/events/index.ts';
import { useTags } from '../api/customers.ts';
import { type OutwardNow, useOutward, usePutOutward, useSyncTag } from '../api/wecom.ts';
import { useWords } from '../i18n/index.ts';
import { Failure, reasonOf } from '../ui/states.tsx';

/** Which tags WeCom has, too, and what they are called there. */
export function WeComTags() {
  const outward = useOutward();
  if (outward.error) return <Failure error={outward.error} onRetry={() => outward.refetch()} />;
  return outward.data ? <Mapping key={outward.data.revision} now={outward.data} /> : null;
}

type Row = Outward[number];

function Mapping({ now }: { now: OutwardNow }) {
  const { t, say } = useWords();
  const { message } = App.useApp();
  const [rows, setRows] = useState(now.outward);
  const save = usePutOutward();
  const tags = useTags().data?.items ?? [];
  const same = JSON.stringify(rows) === JSON.stringify(now.outward);
  const whole = rows.every(({ tag, group }) => tag !== '' && group.trim() !== '');
  const put = (i: number, change: Partial<Row>): void => setRows(rows.with(i, { ...rows[i]!, ...change }));
  const store = (): void =>
    save.mutate(
      { outward: rows, revision: now.revision },
      {
        onSuccess: () => message.success(t('wecom.saved')),
        onError: (error) => message.error(say(reasonOf(error)) || t('failed.offline')),
      },
    );
  return (
    <div className="settings">
      <section className="panel">
        <h2 className="settings-head">{t('wecom.title')}</h2>
        <div className="panel-body wecom-tags">
          <p className="muted">{t('wecom.what')}</p>
          {rows.length === 0 && <p className="muted">{t('wecom.empty')}</p>}
          {rows.map((row, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a row has nothing of its own until it is filled in
            <div key={i} className="wecom-row">
              <Select
                showSearch={{ optionFilterProp: 'label' }}
                aria-label={t('wecom.tag')}
                placeholder={t('wecom.tag')}
                value={row.tag || null}
                options={tags
                  .filter(({ key }) => key === row.tag || !rows.some(({ tag }) => tag === key))
                  .map(({ key, name }) => ({ value: key, label: say(name) }))}
                onChange={(tag: string) => put(i, { tag })}
              />
              <Input
                aria-label={t('wecom.group')}
                placeholder={t('wecom.group')}
                maxLength={15}
                value={row.group}
                onChange={(e) => put(i, { group: e.target.value })}
              />
              <Input
                aria-label={t('wecom.name')}
                placeholder={t('wecom.sameName')}
                maxLength={15}
                value={row.name ?? ''}
                onChange={(e) => put(i, { name: e.target.value === '' ? undefined : e.target.value })}
              />
              <Sync tag={now.outward.some(({ tag }) => tag === row.tag) ? row.tag : undefined} />
              <Button
                type="text"
                icon={<DeleteOutlined />}
                aria-label={t('wecom.remove')}
                onClick={() => setRows(rows.filter((_, place) => place !== i))}
              />
            </div>
          ))}
          <Button
            type="dashed"
            icon={<PlusOutlined />}
            style={{ justifySelf: 'start' }}
            onClick={() => setRows([...rows, { tag: '', group: '' }])}
          >
            {t('wecom.add')}
          </Button>
        </div>
      </section>
      <div className="settings-foot">
        <p className="muted">{t('wecom.limit')}</p>
        <Button disabled={same} onClick={() => setRows(now.outward)}>
          {t('cancel')}
        </Button>
        <Button type="primary" disabled={same || !whole} loading={save.isPending} onClick={store}>
          {t('save')}
        </Button>
      </div>
    </div>
  );
}

/** Who had it before it was sent anywhere is marked when somebody asks for it. */
function Sync({ tag }: { tag: string | undefined }) {
  const { t, say } = useWords();
  const { message } = App.useApp();
  const sync = useSyncTag();
  return (
    <Button
      size="small"
      disabled={tag === undefined}
      loading={sync.isPending}
      onClick={() =>
        tag !== undefined &&
        sync.mutate(tag, {
          onSuccess: (n) => message.success(t('wecom.asked', { n })),
          onError: (error) => message.error(say(reasonOf(error)) || t('failed.offline')),
        })
      }
    >
      {t('wecom.sync')}
    </Button>
  );
}
