import { Link } from 'react-router';
import type { Enrolment } from '../api/types.ts';
import { useTime } from '../ui/time.ts';

export function FailedRuns({ items }: { items: readonly Enrolment[] }) {
  const { at } = useTime();
  return (
    <ul className="lines">
      {items.map((run) => (
        <li key={run.id}>
          <time>{at(run.endedAt ?? run.enteredAt)}</time>
          <Link to={`/executions/${encodeURIComponent(run.customer)}/${encodeURIComponent(run.id)}`}>{run.id}</Link>
          <span className="muted">{run.end?.reason}</span>
        </li>
      ))}
    </ul>
  );
}
