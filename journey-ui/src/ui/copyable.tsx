import { CopyOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import { useWords } from '../i18n/index.ts';
import './copyable.css';

interface Props {
  /** What it is, for who hears the button rather than sees it. */
  readonly label: string;
  readonly value: string;
  /** What is shown instead of it, where it is too long to read. */
  readonly shown?: string;
}

/** An id or a command as it is, and a button that copies the whole of it. */
export function Copyable({ label, value, shown }: Props) {
  const { t } = useWords();
  const { message } = App.useApp();
  const copy = (): void =>
    void navigator.clipboard.writeText(value).then(
      () => message.success(t('copied')),
      () => message.error(t('notCopied')),
    );
  return (
    <span className="copyable">
      <code title={value}>{shown ?? value}</code>
      <Button
        type="text"
        size="small"
        icon={<CopyOutlined />}
        aria-label={t('copyThis', { what: label })}
        title={t('copy')}
        onClick={copy}
      />
    </span>
  );
}
