import {
  CheckCircleOutlined,
  ClockCircleOutlined,
  CustomerServiceOutlined,
  HourglassOutlined,
  MessageOutlined,
  PhoneOutlined,
  RollbackOutlined,
  StopOutlined,
} from '@ant-design/icons';
import type { ReactNode } from 'react';
import { TASK_STATES, type TaskState, type TaskWay } from '../../../shared/tasks/index.ts';
import type { TaskItem } from '../api/tasks.ts';
import { useWords } from '../i18n/index.ts';

const WAY_ICONS: Record<TaskWay, ReactNode> = {
  call: <PhoneOutlined />,
  write: <MessageOutlined />,
  other: <CustomerServiceOutlined />,
};

export const WayIcon = ({ way }: { way: TaskWay }) => (
  <span className="task-way" aria-hidden="true">
    {WAY_ICONS[way]}
  </span>
);

const LOOK: Record<TaskState, { tone: string; icon: ReactNode }> = {
  open: { tone: 'wait', icon: <HourglassOutlined /> },
  done: { tone: 'good', icon: <CheckCircleOutlined /> },
  'not-reached': { tone: 'warn', icon: <PhoneOutlined /> },
  declined: { tone: '', icon: <StopOutlined /> },
  overdue: { tone: 'bad', icon: <ClockCircleOutlined /> },
  withdrawn: { tone: '', icon: <RollbackOutlined /> },
};

/** How a task stands: icon, word and colour. */
export function TaskPill({ state }: { state: TaskState }) {
  const { say } = useWords();
  return (
    <span className={`pill ${LOOK[state].tone}`}>
      {LOOK[state].icon}
      {say(TASK_STATES[state])}
    </span>
  );
}

/** Who is to do it, in words. */
export function useWhose(): (task: Pick<TaskItem, 'person' | 'team'>) => string {
  const { t } = useWords();
  return ({ person, team }) => person ?? (team === undefined ? t('tasks.nobody') : t('tasks.teamOf', { team }));
}
