import { lazy, Suspense, useMemo } from 'react';
import type { JourneyNode } from '../../../shared/journey/index.ts';
import type { Run, RunStep } from '../api/types.ts';
import { useVoice } from '../api/use-names.ts';
import { cardOf } from '../canvas/card-model.ts';
import { useWords } from '../i18n/index.ts';
import { Fault } from '../ui/fault.tsx';
import { useTime } from '../ui/time.ts';
import { type Exchange, exchangesOf } from './exchanges.ts';
import type { Visit } from './run-overlay.ts';
import '../inspector/inspector.css';

const JsonView = lazy(() => import('../ui/json-view.tsx').then((m) => ({ default: m.JsonView })));

/** What happened to her at one node: each state's times, input, output, error and retries. */
export function RunNode({ node, run, visits }: { node: JourneyNode; run: Run; visits: readonly Visit[] }) {
  const { t, say } = useWords();
  const voice = useVoice();
  const card = cardOf(node, voice);
  const exchanges = useMemo(() => exchangesOf(run.history), [run.history]);
  const passed = Object.entries(run.enrolment.path ?? {}).find(([key]) => key.startsWith(`${node.id}#`))?.[1];
  const outlet = card.outlets.find((o) => o.id === (visits.at(-1)?.states.at(-1)?.outlet ?? passed?.outlet));
  return (
    <aside className="side" aria-label={card.title}>
      <div className="side-head">
        <div>
          <h2>{card.title}</h2>
          {card.title !== card.kindTitle && <p>{card.kindTitle}</p>}
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
            <State key={step.state + step.enteredAt} step={step} exchange={exchanges[run.steps.indexOf(step)]} />
          ))}
        </section>
      ))}
    </aside>
  );
}

/** Says something: neither absent nor the empty object that a state without data passes on. */
const telling = ([, value]: readonly [string, unknown]): boolean =>
  value !== undefined && value !== null && JSON.stringify(value) !== '{}';

function State({ step, exchange }: { step: RunStep; exchange: Exchange | undefined }) {
  const { t } = useWords();
  const { exact, span } = useTime();
  const panes = (
    [
      ['sent', exchange?.sent],
      ['answered', exchange?.answered],
      ['input', step.input],
      ['output', step.output],
    ] as const
  ).filter(telling);
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
        <div className="inspector-problem error">
          <Fault error={step.error} cause={step.cause} />
        </div>
      )}
      <Suspense fallback={null}>
        {panes.map(([label, value]) => (
          <div key={label}>
            <h3>{t(`run.${label}`)}</h3>
            <JsonView value={value} compact />
          </div>
        ))}
      </Suspense>
    </div>
  );
}
