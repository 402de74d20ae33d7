import { useViewport } from '@xyflow/react';
import { STAGE_AIMS, STAGE_NAMES } from '../../../shared/stages.ts';
import { useWords } from '../i18n/index.ts';
import type { Lane } from './lanes.ts';
import './lane-bands.css';

interface Props {
  readonly lanes: readonly Lane[];
  readonly target?: string | undefined;
  readonly counts?: ReadonlyMap<string, number> | undefined;
}

const FAR = 20_000;

/** The bands behind the cards, as wide as the window; the first reaches up and the last down without end. */
export function LaneBands({ lanes, target }: Props) {
  const { y, zoom } = useViewport();
  return (
    <div className="lane-bands" aria-hidden="true">
      {lanes.map((lane, i) => {
        const above = i === 0 ? FAR : 0;
        const last = i === lanes.length - 1;
        const below = last ? FAR : 0;
        return (
          <div
            key={lane.stage}
            className={`lane-band ${last ? 'last' : ''} ${target === lane.stage ? 'target' : ''}`}
            style={
              {
                '--tint': `var(--lane-${lane.stage})`,
                top: lane.top * zoom + y - above,
                height: lane.height * zoom + above + below,
              } as React.CSSProperties
            }
          />
        );
      })}
    </div>
  );
}

/** The heads of the lanes: always at the left edge, whatever way the canvas is panned. */
export function LaneHeads({ lanes, counts }: Props) {
  const { y, zoom } = useViewport();
  const { t, say } = useWords();
  return (
    <div className="lane-heads">
      {lanes.map((lane, i) => {
        const height = lane.height * zoom;
        const above = i === 0 ? FAR : 0;
        const below = i === lanes.length - 1 ? FAR : 0;
        const here = counts?.get(lane.stage);
        return (
          <div
            key={lane.stage}
            className="lane-head"
            style={
              {
                '--tint': `var(--lane-${lane.stage})`,
                '--word': `var(--lane-${lane.stage}-text)`,
                top: lane.top * zoom + y - above,
                height: height + above + below,
                paddingTop: above,
              } as React.CSSProperties
            }
          >
            <div className="lane-words" style={{ paddingTop: Math.min(14, height / 8) }}>
              <b>{say(STAGE_NAMES[lane.stage])}</b>
              {height > 62 && <span>{say(STAGE_AIMS[lane.stage])}</span>}
              {here !== undefined && height > 84 && <em>{t('live.inStage', { n: here })}</em>}
            </div>
          </div>
        );
      })}
    </div>
  );
}
