import { Link } from 'react-router';
import { useExecutions } from '../api/executions.ts';
import { useJourneys } from '../api/journeys.ts';
import { useWords } from '../i18n/index.ts';
import { StatusPill } from '../ui/status-pill.tsx';
import { useTime } from '../ui/time.ts';

export function HerJourneys({ id }: { id: string }) {
  const { t } = useWords();
  const { at } = useTime();
  const runs = useExecutions({ customer: id });
  const journeys = useJourneys().data?.items ?? [];
  const items = runs.data?.pages.flatMap((p) => p.items) ?? [];
  if (!runs.isPending && items.length === 0) return <p className="muted tab-note">{t('customers.noJourneys')}</p>;
  return (
    <ul className="lines">
      {items.map((run) => (
        <li key={run.id}>
          <time>{at(run.enteredAt)}</time>
          <Link to={`/executions/${encodeURIComponent(id)}/${encodeURIComponent(run.id)}`}>
            {journeys.find((j) => j.id === run.journey)?.name ?? run.journey} {t('version', { n: run.version })}
          </Link>
          <StatusPill status={run.status} />
        </li>
      ))}
    </ul>
  );
}
