import { LineChartOutlined } from '@ant-design/icons';
import { Select } from 'antd';
import { useMemo, useState } from 'react';
import { useNavigate, useParams, useSearchParams } from 'react-router';
import { useJourney, useLive, useVersion } from '../api/journeys.ts';
import { useVoice } from '../api/use-names.ts';
import { Canvas } from '../canvas/canvas.tsx';
import { CanvasHead, modePath } from '../editor/canvas-head.tsx';
import { useKeys } from '../editor/use-keys.ts';
import { useWords } from '../i18n/index.ts';
import { ClockControl } from '../shell/clock-control.tsx';
import { Empty, Failure, Loading } from '../ui/states.tsx';
import { ToButton } from '../ui/to-button.tsx';
import { liveOverlay } from './live-overlay.ts';
import { LiveSide } from './live-side.tsx';
import { PauseJourney } from './pause-journey.tsx';

/** Live: how many stand where, and which way they went, by version. */
export function LivePage() {
  const { id = '' } = useParams();
  const { t } = useWords();
  const voice = useVoice();
  const navigate = useNavigate();
  const [params, setParams] = useSearchParams();
  const record = useJourney(id);
  const asked = Number(params.get('version') ?? 0) || undefined;
  const version = asked ?? record.data?.liveVersion;
  const drawn = useVersion(id, version);
  const counts = useLive(id, version);
  const [selection, setSelection] = useState<readonly string[]>([]);
  const journey = drawn.data?.document;
  const overlay = useMemo(() => (journey ? liveOverlay(journey, counts.data) : undefined), [journey, counts.data]);
  useKeys({
    voice,
    focusSearch: () => undefined,
    insertAfter: () => undefined,
    editSelected: () => undefined,
    help: () => undefined,
    go: (mode) => navigate(modePath(id, mode)),
  });
  const error = record.error ?? drawn.error;
  const versions = [...(record.data?.versions ?? [])].sort((a, b) => b.version - a.version);
  return (
    <div className="canvas-page">
      <CanvasHead
        journey={id}
        mode="live"
        left={
          <>
            <h1>{journey?.name ?? record.data?.draft.document.name ?? ''}</h1>
            {record.data?.status === 'paused' && <span className="pill warn">{t('status.paused')}</span>}
            {versions.length > 0 && (
              <Select
                size="small"
                value={version}
                aria-label={t('live.version')}
                options={versions.map((v) => ({ value: v.version, label: t('version', { n: v.version }) }))}
                onChange={(v) => setParams({ version: String(v) })}
                style={{ width: 76 }}
              />
            )}
          </>
        }
        right={
          <>
            <ClockControl />
            {record.data && record.data.status !== 'draft' && (
              <PauseJourney id={id} paused={record.data.status === 'paused'} />
            )}
            <ToButton to={modePath(id, 'run')}>{t('live.openRuns')}</ToButton>
          </>
        }
      />
      <div className="stage-area">
        {error ? (
          <Failure error={error} onRetry={() => record.refetch()} home />
        ) : record.data && version === undefined ? (
          <div style={{ gridColumn: 2 }}>
            <Empty icon={<LineChartOutlined />} title={t('live.none')} text={t('live.noneText')}>
              <ToButton to={`/journeys/${id}/publish`} type="primary">
                {t('editor.publish')}
              </ToButton>
            </Empty>
          </div>
        ) : journey && overlay ? (
          <>
            <Canvas
              journey={journey}
              overlay={overlay}
              selection={selection}
              onSelect={setSelection}
              viewKey={`${id} ${version}`}
            />
            <LiveSide
              journey={journey}
              counts={counts.data}
              node={journey.nodes.find((n) => n.id === selection[0])}
              error={counts.error}
            />
          </>
        ) : (
          <Loading />
        )}
      </div>
    </div>
  );
}
