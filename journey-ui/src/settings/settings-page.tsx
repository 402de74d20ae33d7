import { App, Button } from 'antd';
import { useState } from 'react';
import { type CapsNow, useCaps, usePutCaps } from '../api/caps.ts';
import { ApiError } from '../api/client.ts';
import { FormWidgets } from '../form/form-widgets.tsx';
import { useWords } from '../i18n/index.ts';
import { Page } from '../ui/page.tsx';
import { Failure, Loading, reasonOf } from '../ui/states.tsx';
import { LifecycleCaps } from './lifecycle-caps.tsx';
import { PerDay } from './per-day.tsx';
import { SegmentPlans } from './segment-plans.tsx';
import { TimeZone } from './time-zone.tsx';
import { UnderTouched } from './under-touched.tsx';
import { WeComTags } from './wecom-tags.tsx';
import './settings.css';

/** What holds for the tenant as a whole: how often customers may be written to, and by which clock days begin. */
export function SettingsPage() {
  const { t } = useWords();
  const caps = useCaps();
  if (caps.error) return <Failure error={caps.error} onRetry={() => caps.refetch()} />;
  return (
    <Page title={t('nav.settings')} lead={t('caps.lead')}>
      {caps.data ? <CapsForm key={caps.data.version} now={caps.data} /> : <Loading />}
      <UnderTouched />
      <TimeZone />
      <WeComTags />
    </Page>
  );
}

function CapsForm({ now }: { now: CapsNow }) {
  const { t, say } = useWords();
  const { message } = App.useApp();
  const [draft, setDraft] = useState(now);
  const save = usePutCaps();
  const { caps, segments } = draft;
  const same = JSON.stringify(draft) === JSON.stringify(now);
  const put = (change: Partial<CapsNow>): void => setDraft({ ...draft, ...change });
  const store = (own: CapsNow['caps'] | null): void =>
    save.mutate(
      { version: now.version, caps: own, segments: own === null ? now.segments : segments },
      {
        onSuccess: () => message.success(t('caps.saved')),
        onError: (error) => message.error(say(reasonOf(error)) || t('failed.offline')),
      },
    );
  const problems = save.error instanceof ApiError ? save.error.diagnostics : [];
  return (
    <FormWidgets>
      <div className="settings">
        <section className="panel">
          <h2 className="settings-head">
            <span>{t('caps.title')}</span>
            {now.shipped && <span className="pill">{t('caps.shipped')}</span>}
          </h2>
          <div className="panel-body">
            <p className="muted">{t('caps.what')}</p>
            <PerDay
              value={caps.perDay}
              onChange={({ perDay }) => put({ caps: { ...without(caps), ...(perDay && { perDay }) } })}
            />
            <LifecycleCaps value={caps.lifecycle} onChange={(lifecycle) => put({ caps: { ...caps, lifecycle } })} />
          </div>
        </section>
        {segments.length > 0 && (
          <section className="panel">
            <h2 className="settings-head">{t('caps.segments')}</h2>
            <div className="panel-body">
              <p className="muted">{t('caps.segmentsHelp')}</p>
              <SegmentPlans value={segments} onChange={(plans) => put({ segments: plans })} />
            </div>
          </section>
        )}
        {problems.map((one) => (
          <p key={one.code + one.field} className="field-problem error">
            <code>{one.field}</code> {say(one.message)} {say(one.next)}
          </p>
        ))}
        <div className="settings-foot">
          <p className="muted">{t('caps.foot')}</p>
          {!now.shipped && (
            <Button loading={save.isPending} onClick={() => store(null)}>
              {t('caps.toShipped')}
            </Button>
          )}
          <Button disabled={same} onClick={() => setDraft(now)}>
            {t('cancel')}
          </Button>
          <Button type="primary" disabled={same} loading={save.isPending} onClick={() => store(caps)}>
            {t('save')}
          </Button>
        </div>
      </div>
    </FormWidgets>
  );
}

const without = ({ perDay: _, ...rest }: CapsNow['caps']): Omit<CapsNow['caps'], 'perDay'> => rest;
