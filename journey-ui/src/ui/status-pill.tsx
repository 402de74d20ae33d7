import {
  CheckCircleOutlined,
  CloseCircleOutlined,
  HourglassOutlined,
  LogoutOutlined,
  PauseCircleOutlined,
  TrophyOutlined,
} from '@ant-design/icons';
import type { EnrolmentStatus } from '../api/types.ts';
import { useWords } from '../i18n/index.ts';

const LOOK = {
  active: { tone: 'wait', icon: <HourglassOutlined /> },
  completed: { tone: '', icon: <CheckCircleOutlined /> },
  goal: { tone: 'good', icon: <TrophyOutlined /> },
  exited: { tone: '', icon: <LogoutOutlined /> },
  failed: { tone: 'bad', icon: <CloseCircleOutlined /> },
  stopped: { tone: 'warn', icon: <PauseCircleOutlined /> },
};

/** How an enrolment stands: icon, word and colour. */
export function StatusPill({ status }: { status: EnrolmentStatus }) {
  const { t } = useWords();
  const look = LOOK[status] ?? LOOK.completed;
  return (
    <span className={`pill ${look.tone}`}>
      {look.icon}
      {t(`enrolment.${status}`)}
    </span>
  );
}
