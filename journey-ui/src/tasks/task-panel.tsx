import { Link } from 'react-router';
import { TEMPLATE_KINDS } from '../../../shared/messages/index.ts';
import { STAGE_NAMES } from '../../../shared/stages.ts';
import { TASK_WAYS } from '../../../shared/tasks/index.ts';
import { useTags } from '../api/customers.ts';
import { useJourneys } from '../api/journeys.ts';
import { useSegments } from '../api/segments.ts';
import type { TaskItem } from '../api/tasks.ts';
import { useNames } from '../api/use-names.ts';
import { useWords } from '../i18n/index.ts';
import { useEventName } from '../ui/event-name.ts';
import { useTime } from '../ui/time.ts';
import { FinishTask } from './finish-task.tsx';
import { HandOn } from './hand-on.tsx';
import { TaskPill, useWhose, WayIcon } from './task-look.tsx';

const SHOWN_TAGS = 10;

/** One task as the colleague needs it: who she is, why her, what to say; and below, how it came out. */
export function TaskPanel({ task }: { task: TaskItem }) {
  const { t, say } = useWords();
  const { at } = useTime();
  const whose = useWhose();
  const journey = useJourneys().data?.items.find(({ id }) => id === task.journey);
  const open = task.state === 'open';
  const { name, stage } = task.about;
  return (
    <section className="panel task-panel" aria-label={t('tasks.reading')}>
      <header>
        <WayIcon way={task.way} />
        <div>
          <small className="muted">{say(TASK_WAYS[task.way])}</small>
          <h2>{task.title}</h2>
        </div>
        <TaskPill state={task.state} />
      </header>
      <div className="task-customer">
        <Link className="strong-link" to={`/customers/${encodeURIComponent(task.customer)}`}>
          {name ?? task.customer}
        </Link>
        {name !== undefined && <small className="muted">{task.customer}</small>}
        {stage && (
          <span className="stage-name" style={{ '--tint': `var(--lane-${stage})` } as React.CSSProperties}>
            {say(STAGE_NAMES[stage])}
          </span>
        )}
        <HerTags keys={task.about.tags} />
      </div>
      {task.body && (
        <div className="task-script">
          <h3>{t('tasks.script')}</h3>
          <p>{task.body}</p>
          {task.kind && <KindOfText kind={task.kind} />}
        </div>
      )}
      {task.fault && <p className="task-fault">{t('tasks.faulty', { why: say(task.fault) })}</p>}
      <dl className="facts">
        <dt>{t('tasks.because')}</dt>
        <dd>
          <Because because={task.because} />
        </dd>
        <dt>{t('tasks.journey')}</dt>
        <dd>
          <Link to={`/executions/${encodeURIComponent(task.customer)}/${encodeURIComponent(task.enrolment)}`}>
            {journey?.name ?? task.journey}
          </Link>
        </dd>
        {(open || task.person !== undefined || task.team !== undefined) && (
          <>
            <dt>{t('tasks.who')}</dt>
            <dd>{whose(task)}</dd>
          </>
        )}
      </dl>
      {open ? <Times task={task} /> : <Ended task={task} />}
      {open && (
        <>
          <HandOn task={task} />
          <FinishTask key={task.id} task={task} />
        </>
      )}
      {!open && <small className="muted">{t('tasks.ended', { at: at(task.endedAt) })}</small>}
    </section>
  );
}

/** How it goes out, and what it must keep to: a person sends it. */
function KindOfText({ kind }: { kind: NonNullable<TaskItem['kind']> }) {
  const { t, say } = useWords();
  const { label, attachments, frequency } = TEMPLATE_KINDS[kind];
  return (
    <small className="muted">
      {t('tasks.kind', { kind: say(label), attachments: say(attachments), frequency: say(frequency) })}
    </small>
  );
}

function Times({ task }: { task: TaskItem }) {
  const { t } = useWords();
  const { at } = useTime();
  return (
    <p className="muted task-times">
      {t('tasks.due', { at: at(task.due) })} · {t('tasks.limit', { at: at(task.limitAt) })}
    </p>
  );
}

function Ended({ task: { state, by, note, late } }: { task: TaskItem }) {
  const { t } = useWords();
  return (
    <div className="task-ended">
      {by && <small className="muted">{t('tasks.by', { who: by })}</small>}
      {note && <p>{state === 'withdrawn' ? t('tasks.withdrawn', { why: note }) : note}</p>}
      {late && <p className="task-fault">{t('tasks.tooLate')}</p>}
    </div>
  );
}

function HerTags({ keys }: { keys: readonly string[] }) {
  const { say } = useWords();
  const names = useNames();
  if (keys.length === 0) return null;
  return (
    <span className="tag-row">
      {keys.slice(0, SHOWN_TAGS).map((key) => (
        <span key={key} className="pill">
          {say(names.tag(key))}
        </span>
      ))}
      {keys.length > SHOWN_TAGS && <span className="muted">+{keys.length - SHOWN_TAGS}</span>}
    </span>
  );
}

function Because({ because: { type, name } }: { because: TaskItem['because'] }) {
  const { t, say } = useWords();
  const eventName = useEventName();
  const tags = useTags().data?.items ?? [];
  const segments = useSegments().data?.items ?? [];
  const known = type.startsWith('tag')
    ? tags.find(({ key }) => key === name)?.name
    : segments.find(({ id }) => type.startsWith('segment') && id === name)?.name;
  const called = known === undefined ? eventName(name) : say(known);
  return (
    <>
      {t(`tasks.what.${type}`, { defaultValue: '' })} <b>{called}</b>
    </>
  );
}
