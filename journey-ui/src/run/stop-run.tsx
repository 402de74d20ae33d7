import { App, Button, Input, Modal } from 'antd';
import { useState } from 'react';
import { useStopRun } from '../api/executions.ts';
import type { Enrolment } from '../api/types.ts';
import { useWords } from '../i18n/index.ts';

/** Stops one run, with a reason that is recorded. */
export function StopRun({ enrolment }: { enrolment: Enrolment }) {
  const { t } = useWords();
  const { message } = App.useApp();
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const stop = useStopRun(enrolment.customer, enrolment.id);
  const send = (): void =>
    stop.mutate(reason.trim(), {
      onSuccess: () => {
        setOpen(false);
        message.success(t('run.stopped'));
      },
      onError: () => message.error(t('run.stopFailed')),
    });
  return (
    <>
      <Button danger onClick={() => setOpen(true)}>
        {t('run.stop')}
      </Button>
      <Modal
        open={open}
        title={t('run.stopTitle')}
        okText={t('run.stop')}
        okButtonProps={{ danger: true, disabled: reason.trim() === '', loading: stop.isPending }}
        onOk={send}
        onCancel={() => setOpen(false)}
      >
        <p>{t('run.stopText')}</p>
        <label htmlFor="stop-reason" className="stop-reason">
          {t('run.stopReason')}
        </label>
        <Input
          id="stop-reason"
          value={reason}
          maxLength={500}
          placeholder={t('run.stopHint')}
          onChange={(e) => setReason(e.target.value)}
        />
      </Modal>
    </>
  );
}
