import { Link } from 'react-router';
import { useJourneys } from '../api/journeys.ts';
import type { Enrolment } from '../api/types.ts';
import { useWords } from '../i18n/index.ts';
import { RedriveRun } from '../run/redrive-run.tsx';
import { Fault } from '../ui/fault.tsx';
import { useTime } from '../ui/time.ts';
import { Whose } from '../ui/whose.tsx';

export function FailedRuns({ items }: { items: readonly Enrolment[] }) {
  const { t } = useWords();
  const { at } = useTime();
  const journeys = useJourneys().data?.items ?? [];
  return (
    <ul className="lines">
      {items.map((run) => (
        <li key={run.id}>
          <time>{at(run.endedAt ?? run.enteredAt)}</time>
          <span>
            <Link to={`/executions/${encodeURIComponent(run.customer)}/${encodeURIComponent(run.id)}`}>
              <Whose customer={run.customer} name={run.name} /> ·{' '}
              {journeys.find((j) => j.id === run.journey)?.name ?? run.journey} {t('version', { n: run.version })}
            </Link>
            {run.end?.reason && <Fault error={run.end.reason} />}
          </span>
          <RedriveRun enrolment={run} small />
        </li>
      ))}
    </ul>
  );
}
