import { CopyOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import { useWords } from '../i18n/index.ts';
import './getting-started.css';

/** How an app sends its first event, as in the README: a command to copy; on AWS the write key is the account's own. */
export function FirstEvent() {
  const { t } = useWords();
  const { message } = App.useApp();
  const { origin, hostname } = window.location;
  const key = hostname === '127.0.0.1' || hostname === 'localhost' ? 'local' : 'WRITE_KEY';
  const line = `curl ${origin}/v1/track -u ${key}: -H 'content-type: application/json' -d '{"type":"track","event":"Contact Added","userId":"u_1001","messageId":"m-1","properties":{"channel":"official_account"}}'`;
  const copy = (): void => {
    void navigator.clipboard.writeText(line).then(() => message.success(t('start.copied')));
  };
  return (
    <div className="start-event">
      <header>
        <span>{t('start.firstEvent')}</span>
        <Button type="text" size="small" icon={<CopyOutlined />} aria-label={t('copy')} onClick={copy} />
      </header>
      <pre>{line}</pre>
    </div>
  );
}
