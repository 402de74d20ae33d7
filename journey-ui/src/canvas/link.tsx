import { BaseEdge, EdgeLabelRenderer, type EdgeProps, getBezierPath } from '@xyflow/react';
import { memo } from 'react';
import { useWords } from '../i18n/index.ts';
import { useCanvasActions } from './canvas-actions.ts';
import type { LinkEdge } from './to-flow.ts';
import './link.css';

/** How far along a line its mark stands where another line leads from the same card to the same card. */
const EARLY = 0.3;

/** A point of the line near where it begins: there lines of one card are still as far apart as its ways out. */
function nearStart({ sourceX, sourceY, targetX, targetY }: EdgeProps<LinkEdge>): [number, number] {
  const reach = Math.max(0, targetX - sourceX) / 2;
  const [a, b, c, d] = [(1 - EARLY) ** 3, 3 * (1 - EARLY) ** 2 * EARLY, 3 * (1 - EARLY) * EARLY ** 2, EARLY ** 3];
  return [
    a * sourceX + b * (sourceX + reach) + c * (targetX - reach) + d * targetX,
    (a + b) * sourceY + (c + d) * targetY,
  ];
}

/** An edge: solid from a main outlet, dashed from an "else"; its "+" puts a card in between. */
export const Link = memo(function Link(props: EdgeProps<LinkEdge>) {
  const { id, data, selected } = props;
  const { t } = useWords();
  const actions = useCanvasActions();
  const [path, middleX, middleY] = getBezierPath({ ...props, curvature: 0.32 });
  const [x, y] = data?.crowded ? nearStart(props) : [middleX, middleY];
  const overlay = data?.overlay ?? {};
  const classes = [
    'link',
    data?.light && 'light',
    selected && 'selected',
    overlay.taken && 'taken',
    overlay.rest && 'rest',
  ].filter(Boolean);
  return (
    <g className={classes.join(' ')}>
      <BaseEdge id={id} path={path} interactionWidth={22} />
      <EdgeLabelRenderer>
        {data?.editable && actions && (
          <button
            type="button"
            className={`link-insert nodrag nopan ${selected ? 'shown' : ''}`}
            style={{ transform: `translate(-50%, -50%) translate(${x}px, ${y}px)` }}
            aria-label={t('canvas.insert')}
            title={t('canvas.insert')}
            onClick={(e) => actions.askKind({ type: 'edge', edge: id }, { x: e.clientX, y: e.clientY })}
          >
            +
          </button>
        )}
        {overlay.passed !== undefined && overlay.passed > 0 && (
          <span className="link-share" style={{ transform: `translate(-50%, -50%) translate(${x}px, ${y}px)` }}>
            {overlay.passed}
            {overlay.share !== undefined && overlay.share < 1 && <small>{Math.round(overlay.share * 100)}%</small>}
          </span>
        )}
      </EdgeLabelRenderer>
    </g>
  );
});
