import { DownloadOutlined, EditOutlined, TeamOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { sentence } from '../../../shared/rules/index.ts';
import { exportSegment, type SegmentItem } from '../api/segments.ts';
import { useNames } from '../api/use-names.ts';
import { saveFile } from '../editor/download.ts';
import { useWords } from '../i18n/index.ts';
import { ToButton } from '../ui/to-button.tsx';
import { share } from './share.ts';

/** One segment: how many, what is wanted from them, who they are, what can be done. */
export function SegmentCard({
  segment,
  customers,
  onList,
}: {
  segment: SegmentItem;
  customers: number;
  onList: () => void;
}) {
  const { t, say } = useWords();
  const names = useNames();
  const { message } = App.useApp();
  const [bytes, setBytes] = useState<number>();
  const { id, name, goal, when, count } = segment;
  const download = async (): Promise<void> => {
    setBytes(0);
    try {
      saveFile(await exportSegment(id, setBytes), `${id}.csv`);
    } catch {
      message.error(t('segments.exportFailed'));
    }
    setBytes(undefined);
  };
  return (
    <article className="panel segment-card" aria-label={say(name)}>
      <header>
        <h3>
          <Link className="strong-link" to={`/segments/${encodeURIComponent(id)}`}>
            {say(name)}
          </Link>
        </h3>
        <code>{id}</code>
      </header>
      <p className="segment-count">
        <b>{count.toLocaleString()}</b>{' '}
        <span className="muted">{t('segments.share', { share: share(count, customers) })}</span>
      </p>
      <div className="segment-meter" aria-hidden="true">
        <span style={{ width: customers === 0 ? 0 : `${(count / customers) * 100}%` }} />
      </div>
      <p className="segment-goal">{t('segments.goal', { text: say(goal) })}</p>
      <p className="muted segment-rule">{say(sentence(when, names))}</p>
      <footer>
        <Button size="small" icon={<TeamOutlined />} onClick={onList}>
          {t('segments.list')}
        </Button>
        <Button size="small" icon={<DownloadOutlined />} loading={bytes !== undefined} onClick={() => void download()}>
          {bytes === undefined
            ? t('segments.export')
            : t('segments.exporting', { kb: Math.ceil(bytes / 1024).toLocaleString() })}
        </Button>
        <ToButton to={`/segments/${encodeURIComponent(id)}/edit`} size="small" type="text" icon={<EditOutlined />}>
          {t('segments.edit')}
        </ToButton>
      </footer>
    </article>
  );
}
