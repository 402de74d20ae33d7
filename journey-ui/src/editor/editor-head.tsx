import {
  ClusterOutlined,
  EllipsisOutlined,
  QuestionCircleOutlined,
  RedoOutlined,
  SettingOutlined,
  UndoOutlined,
} from '@ant-design/icons';
import { Button, Dropdown, Tooltip } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { JourneyRecord } from '../api/types.ts';
import { useVoice } from '../api/use-names.ts';
import type { Checked } from '../drawer/use-problems.ts';
import { useWords } from '../i18n/index.ts';
import { redo, undo, useEditor } from '../store/editor.ts';
import { useTime } from '../ui/time.ts';
import { CanvasHead } from './canvas-head.tsx';
import { tidyUp } from './commands.ts';
import { download } from './download.ts';
import { useSaveNow } from './use-autosave.ts';

interface Props {
  readonly record: JourneyRecord;
  readonly checked: Checked;
  readonly onSettings: () => void;
  readonly onHelp: () => void;
  readonly onError: (text: string) => void;
}

export function EditorHead({ record, checked, onSettings, onHelp, onError }: Props) {
  const { t } = useWords();
  const voice = useVoice();
  const navigate = useNavigate();
  const journey = useEditor((s) => s.journey);
  const canUndo = useEditor((s) => s.past.length > 0);
  const canRedo = useEditor((s) => s.future.length > 0);
  const saveNow = useSaveNow();
  const [going, setGoing] = useState(false);
  const errors = checked.diagnostics.filter((d) => d.severity === 'error').length;
  const warnings = checked.diagnostics.length - errors;
  const publish = async (): Promise<void> => {
    setGoing(true);
    const saved = await saveNow();
    setGoing(false);
    if (saved) navigate(`/journeys/${record.id}/publish`);
    else onError(t('editor.notSaved'));
  };
  const live = record.liveVersion;
  return (
    <CanvasHead
      journey={record.id}
      mode="edit"
      left={
        <>
          <h1>
            <button type="button" className="plain" onClick={onSettings} title={t('settings.label')}>
              {journey?.name || t('untitled')}
            </button>
          </h1>
          <span className="pill">{live === undefined ? t('status.draft') : t('editor.draftOf', { n: live })}</span>
          <Saved />
        </>
      }
      right={
        <>
          {errors > 0 && <span className="pill bad">{t('problems.errors', { count: errors })}</span>}
          {errors === 0 && warnings > 0 && (
            <span className="pill warn">{t('problems.warnings', { count: warnings })}</span>
          )}
          <Figures checked={checked} />
          <span>
            <Tooltip title={`${t('keys.undo')} · Ctrl/⌘ Z`}>
              <Button
                type="text"
                icon={<UndoOutlined />}
                disabled={!canUndo}
                aria-label={t('keys.undo')}
                onClick={undo}
              />
            </Tooltip>
            <Tooltip title={`${t('keys.redo')} · Ctrl/⌘ ⇧ Z`}>
              <Button
                type="text"
                icon={<RedoOutlined />}
                disabled={!canRedo}
                aria-label={t('keys.redo')}
                onClick={redo}
              />
            </Tooltip>
            <Dropdown
              trigger={['click']}
              menu={{
                items: [
                  { key: 'settings', icon: <SettingOutlined />, label: t('settings.label'), onClick: onSettings },
                  {
                    key: 'tidy',
                    icon: <ClusterOutlined />,
                    label: t('keys.tidy'),
                    onClick: () => void tidyUp(voice),
                  },
                  { key: 'export', label: t('editor.export'), onClick: () => journey && download(journey) },
                  { key: 'help', icon: <QuestionCircleOutlined />, label: t('keys.help'), onClick: onHelp },
                ],
              }}
            >
              <Button type="text" icon={<EllipsisOutlined />} aria-label={t('editor.more')} />
            </Dropdown>
          </span>
          <Button type="primary" loading={going} onClick={publish}>
            {t('editor.publish')}
          </Button>
        </>
      }
    />
  );
}

function Saved() {
  const { t } = useWords();
  const { at } = useTime();
  const save = useEditor((s) => s.save);
  const savedAt = useEditor((s) => s.savedAt);
  return (
    <output className={`saved-state ${save === 'failed' || save === 'conflict' ? 'failed' : ''}`} title={at(savedAt)}>
      {t(`editor.save.${save}`)}
    </output>
  );
}

/** What it will cost and hold, in one line. */
function Figures({ checked }: { checked: Checked }) {
  const { t } = useWords();
  if (!checked.estimate) return null;
  const { average, openPerDailyEntry } = checked.estimate;
  return (
    <Tooltip title={t('editor.figuresHelp')}>
      <span className="head-figures">
        {t('editor.figures', {
          dollars: average.dollars.toFixed(2),
          open: Math.ceil(openPerDailyEntry * 1000).toLocaleString('en'),
        })}
      </span>
    </Tooltip>
  );
}
