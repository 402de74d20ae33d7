import { App, Input, Modal } from 'antd';
import { useState } from 'react';
import { problemsOf } from '../api/client.ts';
import { useRollBack } from '../api/journeys.ts';
import type { JourneyRecord } from '../api/types.ts';
import { ProblemLines } from '../form/problem-lines.tsx';
import { useWords } from '../i18n/index.ts';
import { Failure } from '../ui/states.tsx';

/** Publishes an earlier version again, as a new one, once a person has said so; a refusal shows what stands against it. */
export function RollBack({ record, to, onClose }: { record: JourneyRecord; to: number; onClose: () => void }) {
  const { t } = useWords();
  const { message } = App.useApp();
  const [note, setNote] = useState('');
  const back = useRollBack(record.id);
  const go = (): void =>
    back.mutate(
      { to, liveVersion: record.liveVersion ?? 0, note },
      {
        onSuccess: ({ version }) => {
          message.success(t('drawer.publishedAgain', { n: version, to }));
          onClose();
        },
      },
    );
  return (
    <Modal
      open
      title={t('drawer.againTitle', { n: to })}
      okText={t('rules.publish')}
      cancelText={t('cancel')}
      confirmLoading={back.isPending}
      onOk={go}
      onCancel={onClose}
    >
      <p className="muted roll-back-text">{t('drawer.againText')}</p>
      <Input
        value={note}
        maxLength={500}
        placeholder={t('rules.note')}
        aria-label={t('rules.note')}
        onChange={({ target }) => setNote(target.value)}
      />
      {back.error && <Failure error={back.error} />}
      <ProblemLines problems={problemsOf(back.error)} />
    </Modal>
  );
}
