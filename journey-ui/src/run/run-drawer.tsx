import { Tabs } from 'antd';
import { lazy, Suspense, useState } from 'react';
import type { HistoryEvent, Run, RunStep } from '../api/types.ts';
import { useVoice } from '../api/use-names.ts';
import { cardOf } from '../canvas/card-model.ts';
import { useWords } from '../i18n/index.ts';
import { EndReason } from '../ui/end-reason.tsx';
import { Fault } from '../ui/fault.tsx';
import { useTime } from '../ui/time.ts';
import { CauseText } from './cause-text.tsx';
import '../drawer/drawer.css';

const JsonView = lazy(() => import('../ui/json-view.tsx').then((m) => ({ default: m.JsonView })));

/** Below the run: every transition in words first, the machine's own history behind it. */
export function RunDrawer({ run, onGo }: { run: Run; onGo: (node: string) => void }) {
  const { t } = useWords();
  return (
    <section className="drawer open run-drawer" aria-label={t('run.timeline')}>
      <Tabs
        size="small"
        items={[
          {
            key: 'timeline',
            label: t('run.timeline'),
            children: (
              <div className="drawer-body">
                <Timeline run={run} onGo={onGo} />
              </div>
            ),
          },
          {
            key: 'history',
            label: t('run.history', { n: run.history.length }),
            children: (
              <div className="drawer-body">
                <History run={run} />
              </div>
            ),
          },
          {
            key: 'raw',
            label: t('raw'),
            children: (
              <div className="drawer-body">
                <Suspense fallback={null}>
                  <JsonView value={{ enrolment: run.enrolment, executionArn: run.executionArn }} />
                </Suspense>
              </div>
            ),
          },
        ]}
      />
    </section>
  );
}

function Timeline({ run, onGo }: { run: Run; onGo: (node: string) => void }) {
  const { t } = useWords();
  const { exact } = useTime();
  const { enrolment, document } = run;
  return (
    <ol className="run-lines">
      <li>
        <time>{exact(enrolment.enteredAt)}</time>
        <span>
          {t('run.entered')} <b>{document.name}</b> {t('version', { n: enrolment.version })}
          {enrolment.cause && (
            <>
              {' '}
              · <CauseText cause={enrolment.cause} />
            </>
          )}
        </span>
        <em>{t('run.done')}</em>
      </li>
      {run.steps.map((step) => (
        <StepLine key={`${step.state} ${step.enteredAt}`} step={step} run={run} onGo={onGo} />
      ))}
      {enrolment.endedAt && (
        <li>
          <time>{exact(enrolment.endedAt)}</time>
          <span>
            <b>{t(`enrolment.${enrolment.status}`)}</b> <EndReason enrolment={enrolment} />
          </span>
          <em>{t('run.done')}</em>
        </li>
      )}
    </ol>
  );
}

function StepLine({ step, run, onGo }: { step: RunStep; run: Run; onGo: (node: string) => void }) {
  const { t, say } = useWords();
  const voice = useVoice();
  const { exact, span, at } = useTime();
  const node = run.document.nodes.find((n) => n.id === step.node);
  const card = node && cardOf(node, voice);
  const outlet = card?.outlets.find((o) => o.id === step.outlet);
  const state = step.error ? 'bad' : step.exitedAt === undefined ? 'wait' : '';
  return (
    <li className={state}>
      <time>{exact(step.enteredAt)}</time>
      <span>
        {node && card ? (
          <button type="button" className="plain link" onClick={() => onGo(node.id)}>
            {card.title}
          </button>
        ) : (
          <b className="muted">{t('run.machine')}</b>
        )}
        <small className="muted">
          {step.type} · {step.state}
        </small>
        {outlet && card && card.outlets.length > 1 && <> → {say(outlet.label)}</>}
        {step.waitingUntil && (
          <>
            {' '}
            · {t('run.until')} {at(step.waitingUntil)}
          </>
        )}
        {(step.retries ?? 0) > 0 && <> · {t('run.retries', { n: step.retries })}</>}
        {step.error && (
          <span className="run-error">
            <Fault error={step.error} cause={step.cause} />
          </span>
        )}
      </span>
      <em>
        {step.exitedAt === undefined
          ? step.error
            ? t('run.error')
            : run.enrolment.status === 'active'
              ? t('run.waiting')
              : ''
          : span(Date.parse(step.exitedAt) - Date.parse(step.enteredAt))}
      </em>
    </li>
  );
}

function History({ run }: { run: Run }) {
  const { t } = useWords();
  if (run.history.length === 0) return <p className="muted drawer-note">{t('run.noSteps')}</p>;
  return (
    <ol className="run-lines history">
      {run.history.map((event, i) => (
        <HistoryLine key={event.id ?? i} event={event} />
      ))}
    </ol>
  );
}

/** One event of the machine's history on one line; unfolded, the whole of it. */
function HistoryLine({ event }: { event: HistoryEvent }) {
  const { exact } = useTime();
  const [open, setOpen] = useState(false);
  return (
    <li>
      <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
        <summary>
          <time>{exact(event.timestamp)}</time>
          <span>
            <b className="mono">
              {event.id} {event.type}
            </b>
            <small className="muted mono">{detailOf(event)}</small>
          </span>
        </summary>
        {open && (
          <Suspense fallback={null}>
            <JsonView value={event} compact />
          </Suspense>
        )}
      </details>
    </li>
  );
}

/** The one part of a history event that differs by its type, on one line. */
function detailOf(event: Record<string, unknown>): string {
  const detail = Object.entries(event).find(([key]) => key.endsWith('Details'))?.[1];
  return detail === undefined ? '' : JSON.stringify(detail).slice(0, 400);
}
