import { Link } from 'react-router';
import type { JourneyRecord } from '../api/types.ts';
import { useWords } from '../i18n/index.ts';
import { useTime } from '../ui/time.ts';

export function Versions({ record }: { record: JourneyRecord }) {
  const { t } = useWords();
  const { at } = useTime();
  if (record.versions.length === 0) return <p className="muted drawer-note">{t('drawer.versionsNone')}</p>;
  return (
    <ul className="version-list">
      {[...record.versions]
        .sort((a, b) => b.version - a.version)
        .map((v) => (
          <li key={v.version}>
            <b>{t('version', { n: v.version })}</b>
            <span className="muted">{t('drawer.publishedAt', { at: at(v.publishedAt) })}</span>
            {v.version === record.liveVersion && <span className="pill good">{t('status.live')}</span>}
            <Link to={`/journeys/${record.id}/live?version=${v.version}`}>{t('drawer.seeLive')}</Link>
          </li>
        ))}
    </ul>
  );
}
