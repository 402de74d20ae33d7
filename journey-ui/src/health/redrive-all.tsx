import { RedoOutlined } from '@ant-design/icons';
import { App, Button, Popconfirm } from 'antd';
import { useRedriveRuns } from '../api/executions.ts';
import type { Enrolment } from '../api/types.ts';
import { useWords } from '../i18n/index.ts';

/** Lets all the failed runs that are listed go on at what failed: after a disturbance they are many. */
export function RedriveAll({ runs }: { runs: readonly Enrolment[] }) {
  const { t } = useWords();
  const { message } = App.useApp();
  const redrive = useRedriveRuns();
  const go = (): void =>
    redrive.mutate(runs, {
      onSuccess: (refused) =>
        refused === 0
          ? message.success(t('health.redrivenAll', { n: runs.length }))
          : message.warning(t('health.redrivenSome', { n: runs.length - refused, refused })),
    });
  return (
    <Popconfirm
      title={t('health.redriveAllTitle', { n: runs.length })}
      description={t('run.redriveHint')}
      okText={t('run.redrive')}
      cancelText={t('cancel')}
      onConfirm={go}
    >
      <Button size="small" icon={<RedoOutlined />} loading={redrive.isPending}>
        {t('health.redriveAll', { n: runs.length })}
      </Button>
    </Popconfirm>
  );
}
