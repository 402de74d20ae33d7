import { Button, Modal } from 'antd';
import { useState } from 'react';
import { useWords } from '../i18n/index.ts';
import { type Conflict, settle } from './save.ts';

/** Somebody else saved this draft meanwhile: nothing is overwritten until a person says which one stays. */
export function ConflictDialog({
  conflict,
  onSettled,
}: {
  conflict: Conflict;
  onSettled: (next: Conflict | undefined) => void;
}) {
  const { t } = useWords();
  const [busy, setBusy] = useState(false);
  const choose = async (keep: 'mine' | 'theirs'): Promise<void> => {
    setBusy(true);
    onSettled(await settle(conflict, keep));
    setBusy(false);
  };
  return (
    <Modal
      open
      closable={false}
      title={t('conflict.title')}
      footer={[
        <Button key="theirs" disabled={busy} onClick={() => choose('theirs')}>
          {t('conflict.theirs')}
        </Button>,
        <Button key="mine" type="primary" loading={busy} onClick={() => choose('mine')}>
          {t('conflict.mine')}
        </Button>,
      ]}
    >
      <p>{t('conflict.text', { n: conflict.document.nodes.length })}</p>
    </Modal>
  );
}
