import { Button, Dropdown, Select } from 'antd';
import { useId, useMemo, useState } from 'react';
import { useNavigate } from 'react-router';
import { diffJourneys } from '../../../shared/journey/index.ts';
import { useVersion } from '../api/journeys.ts';
import type { JourneyRecord, JourneyVersion } from '../api/types.ts';
import { useNames } from '../api/use-names.ts';
import { download } from '../editor/download.ts';
import { useWords } from '../i18n/index.ts';
import { edit, useEditor } from '../store/editor.ts';
import { ChangeList } from '../ui/change-list.tsx';
import { useTime } from '../ui/time.ts';
import { RollBack } from './roll-back.tsx';
import './versions.css';

/** What was published: who, when, why, what it changed in sentences; and the ways back to it. */
export function Versions({ record }: { record: JourneyRecord }) {
  const { t } = useWords();
  const draft = useEditor((s) => s.journey);
  const [open, setOpen] = useState<number | 'draft'>();
  const newest = [...record.versions].sort((a, b) => b.version - a.version);
  const toggle = (which: number | 'draft') => setOpen(which === open ? undefined : which);
  if (newest.length === 0) return <p className="muted drawer-note">{t('drawer.versionsNone')}</p>;
  return (
    <ul className="version-list">
      <li>
        <div className="version-row">
          <b>{t('status.draft')}</b>
          <span className="muted">{t('drawer.draftNow')}</span>
          <span className="version-actions">
            <Changed open={open === 'draft'} onToggle={() => toggle('draft')} />
            <Button size="small" type="text" onClick={() => draft && download(draft)}>
              {t('editor.export')}
            </Button>
          </span>
        </div>
        {open === 'draft' && <Comparison record={record} of="draft" first={record.liveVersion ?? newest[0]!.version} />}
      </li>
      {newest.map((one, i) => (
        <li key={one.version}>
          <VersionRow record={record} one={one} open={open === one.version} onToggle={() => toggle(one.version)} />
          {open === one.version && (
            <Comparison record={record} of={one.version} first={newest[i + 1]?.version ?? 'draft'} />
          )}
        </li>
      ))}
    </ul>
  );
}

function Changed({ open, onToggle }: { open: boolean; onToggle: () => void }) {
  const { t } = useWords();
  return (
    <Button size="small" type={open ? 'default' : 'text'} aria-expanded={open} onClick={onToggle}>
      {t('rules.whatChanged')}
    </Button>
  );
}

function VersionRow({
  record,
  one,
  open,
  onToggle,
}: {
  record: JourneyRecord;
  one: JourneyVersion;
  open: boolean;
  onToggle: () => void;
}) {
  const { t } = useWords();
  const { at } = useTime();
  const navigate = useNavigate();
  const [again, setAgain] = useState(false);
  const { document } = useVersion(record.id, one.version).data ?? {};
  const isLive = one.version === record.liveVersion;
  // The local stack has one person only, and no name for her.
  const author = one.author === 'local@localhost' ? undefined : one.author;
  const items = [
    {
      key: 'live',
      label: t('drawer.seeLive'),
      onClick: () => navigate(`/journeys/${record.id}/live?version=${one.version}`),
    },
    { key: 'export', label: t('editor.export'), onClick: () => document && download(document, `v${one.version}`) },
    // As one edit: it is saved like any other, and can be undone.
    { key: 'draft', label: t('drawer.asDraft'), onClick: () => document && edit(() => document) },
    ...(isLive ? [] : [{ key: 'again', label: t('drawer.publishAgain'), onClick: () => setAgain(true) }]),
  ];
  return (
    <div className="version-row">
      <b>{t('version', { n: one.version })}</b>
      <span className="version-said">
        {isLive && <span className="pill good">{t('status.live')}</span>}
        {one.of !== undefined && <span className="pill">{t('rules.backTo', { n: one.of })}</span>}
        <span>{one.note}</span>
        <span className="muted">{[author, at(one.publishedAt)].filter(Boolean).join(' · ')}</span>
      </span>
      <span className="version-actions">
        <Changed open={open} onToggle={onToggle} />
        <Dropdown trigger={['click']} menu={{ items }}>
          <Button size="small" aria-label={t('drawer.takeBackFrom', { n: one.version })}>
            {t('drawer.takeBack')}
          </Button>
        </Dropdown>
      </span>
      {again && <RollBack record={record} to={one.version} onClose={() => setAgain(false)} />}
    </div>
  );
}

/** One version beside another, which can be chosen: what the one does otherwise. */
function Comparison({ record, of, first }: { record: JourneyRecord; of: number | 'draft'; first: number | 'draft' }) {
  const { t } = useWords();
  const id = useId();
  const [than, setThan] = useState(first);
  const [before, after] = [useDocument(record.id, than), useDocument(record.id, of)];
  const names = useNames();
  const changes = useMemo(() => before && after && diffJourneys(before, after, names), [before, after, names]);
  const others = (['draft', ...record.versions.map(({ version }) => version).reverse()] as const).filter(
    (v) => v !== of,
  );
  return (
    <div className="version-changes">
      <label className="version-than" htmlFor={id}>
        <span className="muted">{t('drawer.comparedWith')}</span>
        <Select
          id={id}
          size="small"
          value={than}
          options={others.map((v) => ({
            value: v,
            label: v === 'draft' ? t('status.draft') : t('version', { n: v }),
          }))}
          onChange={setThan}
          popupMatchSelectWidth={false}
        />
      </label>
      {changes && (
        <ChangeList changes={changes} kindOf={({ what }) => t(`drawer.what.${what}`)} same={t('rules.same')} />
      )}
    </div>
  );
}

function useDocument(id: string, which: number | 'draft') {
  const draft = useEditor((s) => s.journey);
  const version = useVersion(id, which === 'draft' ? undefined : which).data?.document;
  return which === 'draft' ? draft : version;
}
