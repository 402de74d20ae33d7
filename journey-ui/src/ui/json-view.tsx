import { CopyOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import { useWords } from '../i18n/index.ts';
import './json-view.css';

/** JSON as it is, to read and to copy. */
export function JsonView({ value, compact = false }: { value: unknown; compact?: boolean }) {
  const { t } = useWords();
  const { message } = App.useApp();
  const text = JSON.stringify(value, null, 2);
  return (
    <div className={`json-view ${compact ? 'compact' : ''}`}>
      <Button
        type="text"
        size="small"
        icon={<CopyOutlined />}
        aria-label={t('copy')}
        onClick={() => navigator.clipboard.writeText(text).then(() => message.success(t('copied')))}
      />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <pre tabIndex={0}>{text}</pre>
    </div>
  );
}
