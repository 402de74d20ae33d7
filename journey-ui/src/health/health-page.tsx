import { CheckCircleFilled } from '@ant-design/icons';
import { Button } from 'antd';
import { lazy, type ReactNode, Suspense } from 'react';
import { useRejected } from '../api/customers.ts';
import { useExecutions } from '../api/executions.ts';
import { useDeadLetters, useLocalClock, useRedrive } from '../api/local.ts';
import { useWords } from '../i18n/index.ts';
import { Page } from '../ui/page.tsx';
import { Failure } from '../ui/states.tsx';
import { useTime } from '../ui/time.ts';
import { FailedRuns } from './failed-runs.tsx';
import { RedriveAll } from './redrive-all.tsx';
import './health.css';

const JsonView = lazy(() => import('../ui/json-view.tsx').then((m) => ({ default: m.JsonView })));

/** What did not go as it should: nothing is dropped silently. */
export function HealthPage() {
  const { t } = useWords();
  const failed = useExecutions({ status: 'failed' });
  const runs = failed.data?.pages.flatMap((p) => p.items) ?? [];
  const local = useLocalClock().clock !== undefined;
  return (
    <Page title={t('nav.health')} lead={t('health.lead')}>
      <div className="health">
        <Rejected />
        <Section
          title={t('health.failed')}
          help={t('health.failedHelp')}
          good={failed.isSuccess && runs.length === 0}
          action={runs.length > 1 && <RedriveAll runs={runs} />}
        >
          {failed.error && <Failure error={failed.error} />}
          <FailedRuns items={runs} />
          {failed.hasNextPage && (
            <div className="more">
              <Button loading={failed.isFetchingNextPage} onClick={() => failed.fetchNextPage()}>
                {t('more')}
              </Button>
            </div>
          )}
        </Section>
        {local && <DeadLetters />}
      </div>
    </Page>
  );
}

function Section({
  title,
  help,
  good,
  action,
  children,
}: {
  title: string;
  help: string;
  good: boolean;
  action?: ReactNode;
  children: ReactNode;
}) {
  const { t } = useWords();
  return (
    <section className="panel">
      <h2 className="health-head">
        <span>{title}</span>
        {action}
      </h2>
      <div className="panel-body">
        <p className="muted">{help}</p>
        {good ? (
          <p className="health-good">
            <CheckCircleFilled /> {t('health.good')}
          </p>
        ) : (
          children
        )}
      </div>
    </section>
  );
}

function Rejected() {
  const { t, say } = useWords();
  const { at } = useTime();
  const rejected = useRejected();
  const items = rejected.data?.pages.flatMap((p) => p.items) ?? [];
  return (
    <Section
      title={t('health.rejected')}
      help={t('health.rejectedHelp')}
      good={rejected.isSuccess && items.length === 0}
    >
      {rejected.error && <Failure error={rejected.error} />}
      {items.map((event) => (
        <details key={`${event.at} ${event.id}`} className="letter">
          <summary>
            <time>{at(event.at)}</time>
            <span>
              <b>{event.diagnostics?.[0] ? say(event.diagnostics[0].message) : event.detailType}</b>
              <small className="muted">
                {event.source} · {event.detailType}
              </small>
            </span>
          </summary>
          {event.diagnostics?.map((d) => (
            <p key={d.code + d.field}>
              <code>{d.field ?? d.code}</code> {say(d.message)} <span className="muted">{say(d.next)}</span>
            </p>
          ))}
          <Suspense fallback={null}>
            <JsonView value={event.detail} compact />
          </Suspense>
        </details>
      ))}
      {rejected.hasNextPage && (
        <div className="more">
          <Button onClick={() => rejected.fetchNextPage()}>{t('more')}</Button>
        </div>
      )}
    </Section>
  );
}

function DeadLetters() {
  const { t, say } = useWords();
  const { at } = useTime();
  const letters = useDeadLetters(true);
  const redrive = useRedrive();
  const items = letters.data?.items ?? [];
  return (
    <Section
      title={t('health.dead')}
      help={t('health.deadHelp')}
      good={letters.isSuccess && items.length === 0}
      action={
        items.length > 0 && (
          <Button size="small" loading={redrive.isPending} onClick={() => redrive.mutate(undefined)}>
            {t('health.redrive')}
          </Button>
        )
      }
    >
      {items.map((letter) => (
        <details key={`${letter.queue} ${letter.id}`} className="letter">
          <summary>
            <time>{at(letter.diedAt)}</time>
            <span>
              <b>{letter.queue}</b>
              <small className="muted">
                {t('health.tries', { n: letter.receives })} {letter.error}
              </small>
            </span>
          </summary>
          <p>
            {say(letter.why.message)} <span className="muted">{say(letter.why.next)}</span>
          </p>
          <Suspense fallback={null}>
            <JsonView value={letter.body} compact />
          </Suspense>
        </details>
      ))}
    </Section>
  );
}
