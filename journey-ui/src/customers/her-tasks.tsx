import { useHerTasks } from '../api/tasks.ts';
import { useWords } from '../i18n/index.ts';
import { TaskPill, useWhose } from '../tasks/task-look.tsx';
import { useTime } from '../ui/time.ts';

/** What colleagues had to do for her, and how it came out. */
export function HerTasks({ id }: { id: string }) {
  const { t } = useWords();
  const { at } = useTime();
  const whose = useWhose();
  const tasks = useHerTasks(id);
  const items = tasks.data?.items ?? [];
  if (!tasks.isPending && items.length === 0) return <p className="muted tab-note">{t('tasks.noHers')}</p>;
  return (
    <ul className="lines">
      {items.map((task) => (
        <li key={task.id}>
          <time>{at(task.at)}</time>
          <span>
            {task.title}
            <small>
              {task.state === 'open'
                ? `${whose(task)} · ${t('tasks.due', { at: at(task.due) })}`
                : [task.by, task.note].filter(Boolean).join(' · ')}
            </small>
          </span>
          <TaskPill state={task.state} />
        </li>
      ))}
    </ul>
  );
}
