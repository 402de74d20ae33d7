import { CheckCircleFilled, PauseOutlined, PlayCircleOutlined } from '@ant-design/icons';
import { Button, Progress } from 'antd';
import { Link } from 'react-router';
import { useWords } from '../i18n/index.ts';
import { useEventName } from '../ui/event-name.ts';
import { Failure } from '../ui/states.tsx';
import { WrongRows } from './past-imports.tsx';
import type { Running } from './use-import-run.ts';

/** How far an import is; it can be paused and gone on with. At the end what came of it. */
export function RunPanel({ run, onPause, onGoOn }: { run: Running; onPause: () => void; onGoOn: () => void }) {
  const { t } = useWords();
  const nameOf = useEventName();
  const { state, part, tally, job } = run;
  const number = (value: number) => value.toLocaleString();
  const busy = state === 'running' || state === 'pausing';
  return (
    <section className="panel panel-body import-run" aria-label={t('imports.running')}>
      {state === 'failed' && <Failure error={run.error} />}
      <header>
        <h2>
          {state === 'done' && <CheckCircleFilled className="import-done" />} {t(`imports.runState.${state}`)}
        </h2>
        {busy && (
          <Button icon={<PauseOutlined />} loading={state === 'pausing'} onClick={onPause}>
            {t('imports.pause')}
          </Button>
        )}
        {(state === 'paused' || state === 'failed') && (
          <Button type="primary" icon={<PlayCircleOutlined />} onClick={onGoOn}>
            {t('imports.goOn')}
          </Button>
        )}
      </header>
      <Progress
        percent={Math.floor(part * 100)}
        status={busy ? 'active' : state === 'done' ? 'success' : 'normal'}
        aria-label={t('imports.running')}
      />
      <p className="import-sum" aria-live="polite">
        {t('imports.sofar', { rows: number(tally.rows) })}
        {Object.entries(tally.messages).map(([name, n]) => (
          <span key={name} className="pill good">
            {nameOf(name === 'identify' ? '$identify' : name)} {number(n)}
          </span>
        ))}
        {tally.repeated > 0 && <span className="pill">{t('imports.sumRepeated', { n: number(tally.repeated) })}</span>}
        {tally.wrongRows > 0 && (
          <span className="pill bad">{t('imports.sumWrong', { n: number(tally.wrongRows) })}</span>
        )}
      </p>
      {busy && <p className="muted">{t('imports.stayText')}</p>}
      {state === 'paused' && <p className="muted">{t('imports.pausedText')}</p>}
      {state === 'done' && (
        <div className="import-next">
          <Link to="/customers">{t('imports.toCustomers')}</Link>
          {tally.wrongRows > 0 && <WrongRows job={{ ...job, tally }} />}
          <span className="muted">{t(tally.wrongRows > 0 ? 'imports.doneTextWrong' : 'imports.doneText')}</span>
        </div>
      )}
    </section>
  );
}
