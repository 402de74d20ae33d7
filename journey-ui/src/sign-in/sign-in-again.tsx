import { Modal } from 'antd';
import { useWords } from '../i18n/index.ts';
import { signIn, useSession } from './session.ts';

/** Over any page, when the sign-in ended or did not come about: says so and offers the way back in. */
export function SignInAgain() {
  const { t } = useWords();
  const { ended, fault } = useSession();
  const failed = fault !== undefined;
  return (
    <Modal
      open={ended || failed}
      title={t(failed ? 'signIn.failed' : 'signIn.ended')}
      closable={false}
      okText={t('signIn.again')}
      onOk={() => void signIn()}
      cancelButtonProps={{ style: { display: 'none' } }}
    >
      <p>{t(failed ? 'signIn.failedText' : 'signIn.endedText')}</p>
      {fault && <p className="muted">{fault}</p>}
    </Modal>
  );
}
