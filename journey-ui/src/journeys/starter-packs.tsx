import { AppstoreAddOutlined, CheckOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import type { ReactNode } from 'react';
import { useInstallPack, usePacks } from '../api/journeys.ts';
import type { PackItem } from '../api/types.ts';
import { useWords } from '../i18n/index.ts';
import { Empty } from '../ui/states.tsx';
import './starter-packs.css';

/** Ready-made journeys with their tags: what an empty list offers, and what can be added later. */
export function StarterPacks({ first, blank }: { first: boolean; blank: ReactNode }) {
  const { t } = useWords();
  const packs = usePacks();
  const items = packs.data?.items ?? [];
  return (
    <>
      {first && (
        <Empty icon={<AppstoreAddOutlined />} title={t('journeys.emptyTitle')} text={t('journeys.emptyText')}>
          {blank}
        </Empty>
      )}
      {items.length > 0 && (
        <section className="packs">
          <h2>{t('journeys.packs')}</h2>
          <div className="pack-grid">
            {items.map((pack) => (
              <Pack key={pack.id} pack={pack} />
            ))}
          </div>
        </section>
      )}
    </>
  );
}

const countOf = (list: number | readonly unknown[] | undefined): number =>
  typeof list === 'number' ? list : (list?.length ?? 0);

function Pack({ pack }: { pack: PackItem }) {
  const { t, say } = useWords();
  const { message, modal } = App.useApp();
  const install = useInstallPack();
  const journeys = (
    <ul>
      {(pack.journeys ?? []).map((j) => (
        <li key={j.id}>{typeof j.name === 'string' ? j.name : say(j.name)}</li>
      ))}
    </ul>
  );
  const ask = (): void => {
    modal.confirm({
      title: t('journeys.installTitle', { name: say(pack.name) }),
      content: (
        <>
          <p>{t('journeys.installText')}</p>
          {journeys}
        </>
      ),
      okText: t('journeys.install'),
      onOk: () =>
        install.mutateAsync(pack.id).then(
          () => void message.success(t('journeys.installed')),
          () => void message.error(t('journeys.installFailed')),
        ),
    });
  };
  return (
    <article className="pack">
      <h3>{say(pack.name)}</h3>
      <p className="muted">{say(pack.description)}</p>
      {journeys}
      <footer>
        <span className="muted">
          {t('journeys.packHolds', { tags: countOf(pack.tags), segments: countOf(pack.segments) })}
        </span>
        <Button
          size="small"
          disabled={pack.installed === true}
          icon={pack.installed ? <CheckOutlined /> : undefined}
          loading={install.isPending}
          onClick={ask}
        >
          {t(pack.installed ? 'journeys.isInstalled' : 'journeys.install')}
        </Button>
      </footer>
    </article>
  );
}
