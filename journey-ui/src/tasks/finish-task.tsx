import { App, Button, Input } from 'antd';
import { useState } from 'react';
import { OUTCOMES, TASK_OUTCOMES, type TaskOutcome } from '../../../shared/tasks/index.ts';
import { type TaskItem, useTaskAct } from '../api/tasks.ts';
import { useWords } from '../i18n/index.ts';
import { reasonOf } from '../ui/states.tsx';

/** How it came out, and what is worth keeping of it. */
export function FinishTask({ task }: { task: TaskItem }) {
  const { t, say } = useWords();
  const { message } = App.useApp();
  const [outcome, setOutcome] = useState<TaskOutcome>();
  const [note, setNote] = useState('');
  const act = useTaskAct(task);
  const finish = (): void => {
    if (outcome === undefined) return;
    act.mutate(
      { what: 'finish', outcome, note },
      {
        onSuccess: () => message.success(t('tasks.finished')),
        onError: (error) => message.error(say(reasonOf(error)) || t('tasks.failed')),
      },
    );
  };
  return (
    <form
      className="task-finish"
      onSubmit={(e) => {
        e.preventDefault();
        finish();
      }}
    >
      <fieldset className="task-outcomes">
        <legend className="visually-hidden">{t('tasks.outcome')}</legend>
        {OUTCOMES.map((one) => (
          <label key={one} className={outcome === one ? 'chosen' : ''}>
            <input type="radio" name="outcome" checked={outcome === one} onChange={() => setOutcome(one)} />
            {say(TASK_OUTCOMES[one])}
          </label>
        ))}
      </fieldset>
      <Input.TextArea
        aria-label={t('tasks.note')}
        placeholder={t('tasks.noteHelp')}
        autoSize={{ minRows: 2, maxRows: 6 }}
        maxLength={2000}
        value={note}
        onChange={(e) => setNote(e.target.value)}
      />
      <Button type="primary" htmlType="submit" disabled={outcome === undefined} loading={act.isPending}>
        {t('tasks.finish')}
      </Button>
    </form>
  );
}
