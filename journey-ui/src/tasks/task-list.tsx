import { PRIORITY_NAMES } from '../../../shared/journey/index.ts';
import type { TaskItem } from '../api/tasks.ts';
import { useWords } from '../i18n/index.ts';
import { useStackNow } from '../shell/use-clock.ts';
import { useTime } from '../ui/time.ts';
import { byUrgency } from './by-urgency.ts';
import { TaskPill, useWhose, WayIcon } from './task-look.tsx';

/** Tasks by urgency, the most urgent first. */
export function TaskList({
  items,
  chosen,
  onChoose,
}: {
  items: readonly TaskItem[];
  chosen: TaskItem | undefined;
  onChoose: (id: string) => void;
}) {
  const { t } = useWords();
  const now = useStackNow();
  return (
    <div className="panel task-list">
      {byUrgency(items, now).map(([urgency, tasks]) => (
        <section key={urgency}>
          <h2 className={`task-group is-${urgency}`}>
            {t(`tasks.${urgency}`)} <small>{tasks.length}</small>
          </h2>
          <ul>
            {tasks.map((task) => (
              <li key={task.id}>
                <Row
                  task={task}
                  late={urgency === 'late'}
                  chosen={task === chosen}
                  onChoose={() => onChoose(task.id)}
                />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

function Row({
  task,
  late,
  chosen,
  onChoose,
}: {
  task: TaskItem;
  late: boolean;
  chosen: boolean;
  onChoose: () => void;
}) {
  const { t, say } = useWords();
  const { span, at } = useTime();
  const now = useStackNow();
  const whose = useWhose();
  const ms = Date.parse(task.due) - now;
  return (
    <button type="button" className={`task-row ${chosen ? 'chosen' : ''}`} aria-pressed={chosen} onClick={onChoose}>
      <WayIcon way={task.way} />
      <span className="task-row-main">
        <b>{task.title}</b>
        {task.priority !== undefined && <span className="pill">{say(PRIORITY_NAMES[task.priority])}</span>}
        <small className="muted">
          {task.about.name ?? task.customer} · {task.by ?? whose(task)}
        </small>
      </span>
      {task.state === 'open' ? (
        <span className={`task-left ${late ? 'late' : ''}`}>
          {t(late ? 'tasks.overdueBy' : 'tasks.left', { span: span(ms) })}
        </span>
      ) : (
        <span className="task-row-end">
          <TaskPill state={task.state} />
          <small className="muted">{at(task.endedAt)}</small>
        </span>
      )}
    </button>
  );
}
