import { RedoOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import { useRedriveRun } from '../api/executions.ts';
import type { Enrolment } from '../api/types.ts';
import { useWords } from '../i18n/index.ts';
import { reasonOf } from '../ui/states.tsx';

/** Lets a failed run go on at what failed. */
export function RedriveRun({ enrolment, small }: { enrolment: Enrolment; small?: boolean }) {
  const { t, say } = useWords();
  const { message } = App.useApp();
  const redrive = useRedriveRun(enrolment.customer, enrolment.id);
  return (
    <Button
      icon={<RedoOutlined />}
      {...(small && { size: 'small' })}
      title={t('run.redriveHint')}
      loading={redrive.isPending}
      onClick={() =>
        redrive.mutate(undefined, {
          onSuccess: () => message.success(t('run.redriven')),
          onError: (error) => message.error(say(reasonOf(error)) || t('failed.offline')),
        })
      }
    >
      {t('run.redrive')}
    </Button>
  );
}
