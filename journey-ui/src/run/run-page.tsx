import { useMemo, useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { useCustomer } from '../api/customers.ts';
import { useRun } from '../api/executions.ts';
import type { Run } from '../api/types.ts';
import { useVoice } from '../api/use-names.ts';
import { Canvas } from '../canvas/canvas.tsx';
import { CanvasHead, modePath } from '../editor/canvas-head.tsx';
import { useKeys } from '../editor/use-keys.ts';
import { useWords } from '../i18n/index.ts';
import { ClockControl } from '../shell/clock-control.tsx';
import { Failure, Loading } from '../ui/states.tsx';
import { StatusPill } from '../ui/status-pill.tsx';
import { useTime } from '../ui/time.ts';
import { Whose } from '../ui/whose.tsx';
import { RedriveRun } from './redrive-run.tsx';
import { RunDrawer } from './run-drawer.tsx';
import { RunNode } from './run-node.tsx';
import { runOverlay, visitsOf } from './run-overlay.ts';
import { StopRun } from './stop-run.tsx';
import { WhyHere } from './why-here.tsx';
import './run.css';

/** Run: one customer's passage, drawn on the canvas that the marketer drew. */
export function RunPage() {
  const { customer = '', enrolment = '' } = useParams();
  const run = useRun(customer, enrolment);
  if (run.error) return <Failure error={run.error} onRetry={() => run.refetch()} home />;
  if (!run.data) return <Loading />;
  return <OneRun run={run.data} />;
}

function OneRun({ run }: { run: Run }) {
  const { t } = useWords();
  const voice = useVoice();
  const navigate = useNavigate();
  const { at } = useTime();
  const { enrolment, document } = run;
  const name = useCustomer(enrolment.customer).data?.traits['name'];
  const overlay = useMemo(() => runOverlay(document, run), [document, run]);
  const visits = useMemo(() => visitsOf(run.steps), [run.steps]);
  const current = visits.at(-1)?.node;
  const [chosen, setChosen] = useState<readonly string[] | undefined>();
  const selection = chosen ?? (current === undefined ? [] : [current]);
  const node = document.nodes.find((n) => n.id === selection[0]);
  useKeys({
    voice,
    focusSearch: () => undefined,
    insertAfter: () => undefined,
    editSelected: () => undefined,
    help: () => undefined,
    go: (mode) => navigate(modePath(enrolment.journey, mode)),
  });
  return (
    <div className="canvas-page">
      <CanvasHead
        journey={enrolment.journey}
        mode="run"
        left={
          <>
            <h1>
              <Link to={`/customers/${encodeURIComponent(enrolment.customer)}`}>
                <Whose customer={enrolment.customer} name={typeof name === 'string' ? name : undefined} />
              </Link>
            </h1>
            <StatusPill status={enrolment.status} />
            <span className="saved-state">
              {document.name} {t('version', { n: enrolment.version })} ·{' '}
              {t('run.enteredAt', { at: at(enrolment.enteredAt) })}
            </span>
          </>
        }
        right={
          <>
            <ClockControl />
            {enrolment.status === 'active' && <StopRun enrolment={enrolment} />}
            {enrolment.status === 'failed' && <RedriveRun enrolment={enrolment} />}
          </>
        }
      />
      <div className="stage-area">
        <WhyHere run={run} onGo={(id) => setChosen([id])} />
        <Canvas
          journey={document}
          overlay={overlay}
          selection={selection}
          onSelect={setChosen}
          viewKey={enrolment.id}
        />
        {node && <RunNode node={node} run={run} visits={visits.filter((v) => v.node === node.id)} />}
        <RunDrawer run={run} onGo={(id) => setChosen([id])} />
      </div>
    </div>
  );
}
