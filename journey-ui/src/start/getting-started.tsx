import { CheckOutlined, CloseOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { useWords } from '../i18n/index.ts';
import { FirstEvent } from './first-event.tsx';
import { type Check, isDone, type Step, stepsOf } from './steps.ts';
import { useFacts } from './use-facts.ts';
import './getting-started.css';

const KEY = 'pergola.started';

/** What to do first, until it is done or not wanted any more; kept per browser. */
export function GettingStarted() {
  const [over, setOver] = useState(localStorage.getItem(KEY) !== null);
  if (over) return null;
  const end = (): void => {
    localStorage.setItem(KEY, '1');
    setOver(true);
  };
  return <Panel onHide={end} />;
}

function Panel({ onHide }: { onHide: () => void }) {
  const { t } = useWords();
  const steps = stepsOf(useFacts());
  if (steps === undefined) return null;
  const done = steps.filter(isDone).length;
  const current = steps.find((step) => !isDone(step))?.key;
  return (
    <section className="start panel" aria-label={t('start.title')}>
      <header>
        <div>
          <h2>{t('start.title')}</h2>
          <p className="muted">{t('start.lead')}</p>
        </div>
        <span className="pill">{t('start.done', { done, of: steps.length })}</span>
        <Button type="text" size="small" icon={<CloseOutlined />} onClick={onHide}>
          {t('start.hide')}
        </Button>
      </header>
      {current !== undefined && (
        <ol>
          {steps.map((step, index) => (
            <One key={step.key} step={step} number={index + 1} current={step.key === current} />
          ))}
        </ol>
      )}
    </section>
  );
}

function One({ step, number, current }: { step: Step; number: number; current: boolean }) {
  const { t } = useWords();
  const done = isDone(step);
  return (
    <li className={done ? 'done' : current ? 'current' : ''} aria-current={current ? 'step' : undefined}>
      <h3>
        <span className="start-number">{done ? <CheckOutlined /> : number}</span>
        {t(`start.${step.key}.title`)}
        <small className="muted">{t(`start.${step.key}.time`)}</small>
      </h3>
      <p className="muted">{t(`start.${step.key}.text`)}</p>
      <ul>
        {step.checks.map((check) => (
          <Tick key={check.key} step={step.key} check={check} />
        ))}
      </ul>
      {step.key === 'tag' && !done && <FirstEvent />}
    </li>
  );
}

function Tick({ step, check: { key, done, n, to } }: { step: Step['key']; check: Check }) {
  const { t } = useWords();
  return (
    <li className={done ? 'ticked' : ''}>
      <span className="start-tick" aria-hidden="true">
        {done && <CheckOutlined />}
      </span>
      <Link to={to}>{t(`start.${step}.${key}.${done ? 'done' : 'todo'}`, { n })}</Link>
    </li>
  );
}
