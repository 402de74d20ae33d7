import { lazy, Suspense } from 'react';
import type { JourneyNode } from '../../../shared/journey/index.ts';
import type { Run, RunStep } from '../api/types.ts';
import { cardOf } from '../canvas/card-model.ts';
import { useWords } from '../i18n/index.ts';
import { useTime } from '../ui/time.ts';
import type { Visit } from './run-overlay.ts';

const JsonView = lazy(() => import('../ui/json-view.tsx').then((m) => ({ default: m.JsonView })));

/** What happened to her at one node: each state's times, input, output, error and retries. */
export function RunNode({ node, run, visits }: { node: JourneyNode; run: Run; visits: readonly Visit[] }) {
  const { t, say, language } = useWords();
  const card = cardOf(node, language);
  const passed = Object.entries(run.enrolment.path ?? {}).find(([key]) => key.startsWith(`${node.id}#`))?.[1];
  const outlet = card.outlets.find((o) => o.id === (visits.at(-1)?.states.at(-1)?.outlet ?? passed?.outlet));
  return (
    <aside className="side" aria-label={card.title}>
      <div className="side-head">
        <div>
          <h2>{card.title}</h2>
          <p>{card.kindTitle}</p>
          <p>{card.summary}</p>
        </div>
      </div>
      {outlet && card.outlets.length > 1 && (
        <p>
          {t('run.outlet')} <span className="pill good">{say(outlet.label)}</span>
        </p>
      )}
      {visits.length === 0 && !passed && <p className="muted">{t('run.notReached')}</p>}
      {visits.map((visit, i) => (
        <section key={visit.states[0]?.enteredAt}>
          {visits.length > 1 && <h3>{t('run.visit', { n: i + 1 })}</h3>}
          {visit.states.map((step) => (
            <State key={step.state + step.enteredAt} step={step} />
          ))}
        </section>
      ))}
    </aside>
  );
}

function State({ step }: { step: RunStep }) {
  const { t } = useWords();
  const { exact, span } = useTime();
  return (
    <div className="run-state">
      <h3>
        {t('run.state')} <code>{step.state}</code>
      </h3>
      <dl className="facts">
        <dt>{t('run.arrived')}</dt>
        <dd>{exact(step.enteredAt)}</dd>
        {step.exitedAt && (
          <>
            <dt>{t('run.left')}</dt>
            <dd>
              {exact(step.exitedAt)} · {span(Date.parse(step.exitedAt) - Date.parse(step.enteredAt))}
            </dd>
          </>
        )}
        {step.waitingUntil && (
          <>
            <dt>{t('run.until')}</dt>
            <dd>{exact(step.waitingUntil)}</dd>
          </>
        )}
        {(step.retries ?? 0) > 0 && (
          <>
            <dt />
            <dd>{t('run.retries', { n: step.retries })}</dd>
          </>
        )}
      </dl>
      {step.error && (
        <p className="inspector-problem error">
          {t('run.error')} {step.error}
          {step.cause && <span>{step.cause}</span>}
        </p>
      )}
      <Suspense fallback={null}>
        {step.input !== undefined && (
          <>
            <h3>{t('run.input')}</h3>
            <JsonView value={step.input} compact />
          </>
        )}
        {step.output !== undefined && (
          <>
            <h3>{t('run.output')}</h3>
            <JsonView value={step.output} compact />
          </>
        )}
      </Suspense>
    </div>
  );
}
