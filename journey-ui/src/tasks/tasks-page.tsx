import { CustomerServiceOutlined } from '@ant-design/icons';
import { Button, Segmented } from 'antd';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { type TaskLot, useTasks } from '../api/tasks.ts';
import { useWords } from '../i18n/index.ts';
import { useStackNow } from '../shell/use-clock.ts';
import { Page } from '../ui/page.tsx';
import { Empty, Failure, Loading } from '../ui/states.tsx';
import { byUrgency } from './by-urgency.ts';
import { TaskList } from './task-list.tsx';
import { TaskPanel } from './task-panel.tsx';
import '../customers/customers.css';
import './tasks.css';
import { ToButton } from '../ui/to-button.tsx';

const LOTS = ['mine', 'open', 'closed'] as const satisfies readonly TaskLot[];

/** What members of staff have to do for customers, the most urgent first. */
export function TasksPage() {
  const { t } = useWords();
  const [params, setParams] = useSearchParams();
  const lot = LOTS.find((one) => one === params.get('lot')) ?? 'mine';
  const tasks = useTasks(lot);
  const [chosen, setChosen] = useState<string>();
  const now = useStackNow();
  const items = tasks.data?.pages.flatMap((page) => page.items) ?? [];
  const open = items.find(({ id }) => id === chosen) ?? byUrgency(items, now)[0]?.[1][0];
  return (
    <Page
      title={t('nav.tasks')}
      lead={t('tasks.lead')}
      actions={
        <Segmented<TaskLot>
          value={lot}
          options={LOTS.map((one) => ({ value: one, label: t(`tasks.lot.${one}`) }))}
          onChange={(one) => setParams(one === 'mine' ? {} : { lot: one }, { replace: true })}
        />
      }
    >
      {tasks.error && <Failure error={tasks.error} onRetry={() => tasks.refetch()} />}
      {tasks.isPending && <Loading />}
      {!tasks.error && !tasks.isPending && items.length === 0 && (
        <Empty icon={<CustomerServiceOutlined />} title={t(`tasks.emptyTitle.${lot}`)} text={t('tasks.emptyText')}>
          <ToButton to="/journeys">{t('toJourneys')}</ToButton>
        </Empty>
      )}
      {open && (
        <div className="tasks">
          <div>
            <TaskList items={items} chosen={open} onChoose={setChosen} />
            {tasks.hasNextPage && (
              <div className="more">
                <Button loading={tasks.isFetchingNextPage} onClick={() => tasks.fetchNextPage()}>
                  {t('more')}
                </Button>
              </div>
            )}
          </div>
          <TaskPanel key={open.id} task={open} />
        </div>
      )}
    </Page>
  );
}
