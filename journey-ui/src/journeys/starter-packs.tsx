import { AppstoreAddOutlined, CheckOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import type { ReactNode } from 'react';
import type { Language } from '../../../shared/words.ts';
import { ApiError } from '../api/client.ts';
import { useInstallPack, usePacks, useUninstallPack } from '../api/journeys.ts';
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
  const { t, say, language } = useWords();
  const { message, modal } = App.useApp();
  const install = useInstallPack();
  const uninstall = useUninstallPack();
  const journeys = (
    <ul>
      {(pack.journeys ?? []).map((j) => (
        <li key={j.id}>{say(j.name)}</li>
      ))}
    </ul>
  );
  /** What stays because it was changed here, told in one line. */
  const told = (done: string, kept: Readonly<Record<string, readonly string[]>>): void => {
    const names = Object.values(kept).flat();
    if (names.length === 0) void message.success(done);
    else modal.success({ title: done, content: t('journeys.packKept', { names: names.join(t('journeys.comma')) }) });
  };
  const ask = (): void => {
    modal.confirm({
      title: t(pack.update ? 'journeys.updateTitle' : 'journeys.installTitle', { name: say(pack.name) }),
      content: (
        <>
          <p>{t(pack.update ? 'journeys.updateText' : 'journeys.installText')}</p>
          {journeys}
        </>
      ),
      okText: t(pack.update ? 'journeys.update' : 'journeys.install'),
      onOk: () => bring(pack.update ? {} : { language }),
    });
  };
  const bring = (how: { language?: Language }) =>
    install.mutateAsync({ id: pack.id, ...how }).then(
      ({ kept }) => told(t('journeys.installed'), kept),
      () => void message.error(t('journeys.installFailed')),
    );
  const askLanguage = (): void => {
    modal.confirm({
      title: t('journeys.languageTitle', { name: say(pack.name) }),
      content: t('journeys.languageText'),
      okText: t('journeys.languageNow'),
      onOk: () => bring({ language }),
    });
  };
  const refused = (error: unknown): void => {
    const reasons = error instanceof ApiError ? error.diagnostics : [];
    modal.error({
      title: t('journeys.uninstallFailed'),
      content: (
        <ul>
          {reasons.map((one) => (
            <li key={`${one.code} ${one.field} ${one.message.en}`}>
              {say(one.message)} {say(one.next)}
            </li>
          ))}
        </ul>
      ),
    });
  };
  const askOut = (): void => {
    modal.confirm({
      title: t('journeys.uninstallTitle', { name: say(pack.name) }),
      content: t('journeys.uninstallText'),
      okText: t('journeys.uninstall'),
      okButtonProps: { danger: true },
      onOk: () => uninstall.mutateAsync(pack.id).then(({ kept }) => told(t('journeys.uninstalled'), kept), refused),
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
        <span className="pack-actions">
          {pack.installed && (
            <Button size="small" type="text" loading={uninstall.isPending} onClick={askOut}>
              {t('journeys.uninstall')}
            </Button>
          )}
          {pack.installed && !pack.update && pack.language !== language && (
            <Button size="small" type="text" loading={install.isPending} onClick={askLanguage}>
              {t('journeys.languageAsk')}
            </Button>
          )}
          <Button
            size="small"
            disabled={pack.installed === true && pack.update !== true}
            icon={pack.installed && !pack.update ? <CheckOutlined /> : undefined}
            loading={install.isPending}
            onClick={ask}
          >
            {t(pack.update ? 'journeys.update' : pack.installed ? 'journeys.isInstalled' : 'journeys.install')}
          </Button>
        </span>
      </footer>
    </article>
  );
}
