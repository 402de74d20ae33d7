import { App, Button, Input, Popover, Segmented } from 'antd';
import { useState } from 'react';
import { type TaskItem, useTaskAct } from '../api/tasks.ts';
import { useWords } from '../i18n/index.ts';
import { reasonOf } from '../ui/states.tsx';

type Whom = 'person' | 'team' | 'anyone';

/** Taking it oneself, or giving it to somebody else. */
export function HandOn({ task }: { task: TaskItem }) {
  const { t, say } = useWords();
  const { message } = App.useApp();
  const [open, setOpen] = useState(false);
  const act = useTaskAct(task);
  const onError = (error: unknown) => void message.error(say(reasonOf(error)) || t('tasks.failed'));
  return (
    <div className="task-hands">
      <Button loading={act.isPending} onClick={() => act.mutate({ what: 'take' }, { onError })}>
        {t('tasks.take')}
      </Button>
      <Popover
        trigger="click"
        open={open}
        onOpenChange={setOpen}
        title={t('tasks.handOnTo')}
        content={
          <Whom
            onGive={(to) => {
              setOpen(false);
              act.mutate({ what: 'assign', ...to }, { onError });
            }}
          />
        }
      >
        <Button type="text">{t('tasks.handOn')}</Button>
      </Popover>
    </div>
  );
}

function Whom({ onGive }: { onGive: (to: { person?: string; team?: string }) => void }) {
  const { t } = useWords();
  const [whom, setWhom] = useState<Whom>('person');
  const [name, setName] = useState('');
  const given = whom === 'anyone' || name.trim() !== '';
  const help = whom === 'team' ? t('tasks.teamHelp') : t('tasks.personHelp');
  return (
    <form
      className="task-whom"
      onSubmit={(e) => {
        e.preventDefault();
        if (given) onGive(whom === 'anyone' ? {} : { [whom]: name.trim() });
      }}
    >
      <Segmented<Whom>
        block
        value={whom}
        onChange={setWhom}
        options={[
          { value: 'person', label: t('tasks.toPerson') },
          { value: 'team', label: t('tasks.toTeam') },
          { value: 'anyone', label: t('tasks.toAnyone') },
        ]}
      />
      {whom !== 'anyone' && (
        <Input aria-label={help} placeholder={help} value={name} onChange={(e) => setName(e.target.value)} />
      )}
      <Button type="primary" htmlType="submit" disabled={!given}>
        {t('tasks.handOn')}
      </Button>
    </form>
  );
}
