import { Handle, type NodeProps, Position } from '@xyflow/react';
import { memo, useState } from 'react';
import { useWords } from '../i18n/index.ts';
import { GROUP_COLOUR } from '../theme/tokens.ts';
import { KindIcon } from '../ui/kind-icon.tsx';
import { useCanvasActions } from './canvas-actions.ts';
import type { CardModel } from './card-model.ts';
import { PORT_Y } from './card-model.ts';
import type { NodeOverlay } from './overlay.ts';
import type { CardNode } from './to-flow.ts';
import './card.css';

/** The one card, for every kind: drawn from what the kind's face says. */
export const Card = memo(function Card({ data, selected }: NodeProps<CardNode>) {
  const { card, overlay, editable, free } = data;
  const { say } = useWords();
  const classes = ['card', selected && 'selected', overlay.trace && `trace-${overlay.trace}`].filter(Boolean);
  return (
    <div className={classes.join(' ')} style={{ '--bar': GROUP_COLOUR[card.group] } as React.CSSProperties}>
      <span className="card-bar" />
      <Badge overlay={overlay} />
      <div className="card-head">
        <span className="card-icon">
          <KindIcon name={card.icon} />
        </span>
        <Title card={card} editable={editable} />
      </div>
      {card.summary !== '' && (
        <p className="card-summary" title={card.summary}>
          {card.summary}
        </p>
      )}
      {card.takesIn && <Handle id="in" type="target" position={Position.Left} style={{ top: PORT_Y }} />}
      {card.outlets.map((outlet) => (
        <div key={outlet.id}>
          {card.outlets.length > 1 && (
            <span className={`card-outlet ${outlet.tone === 'else' ? 'light' : ''}`} style={{ top: outlet.y }}>
              {say(outlet.label)}
            </span>
          )}
          <Handle id={outlet.id} type="source" position={Position.Right} style={{ top: outlet.y }} />
          {free.includes(outlet.id) && <Continue node={card.id} outlet={outlet.id} y={outlet.y} />}
        </div>
      ))}
      {overlay.counts && <Counts counts={overlay.counts} />}
    </div>
  );
});

function Title({ card, editable }: { card: CardModel; editable: boolean }) {
  const { t } = useWords();
  const actions = useCanvasActions();
  const [draft, setDraft] = useState<string | undefined>();
  if (draft === undefined || !actions) {
    return (
      // biome-ignore lint/a11y/noStaticElementInteractions: a short cut for the mouse; with keys, Enter leads to the title in the inspector
      <span className="card-title" title={card.title} onDoubleClick={() => editable && setDraft(card.title)}>
        {card.title}
      </span>
    );
  }
  const done = (keep: boolean): void => {
    if (keep && draft !== card.title) actions.rename(card.id, draft === card.kindTitle ? '' : draft);
    setDraft(undefined);
  };
  return (
    <input
      className="card-title-input nodrag nopan"
      aria-label={t('canvas.rename')}
      value={draft}
      maxLength={60}
      ref={(input) => {
        if (input && document.activeElement !== input) {
          input.focus();
          input.select();
        }
      }}
      onChange={(e) => setDraft(e.target.value)}
      onBlur={() => done(true)}
      onKeyDown={(e) => {
        e.stopPropagation();
        if (e.key === 'Enter') done(true);
        if (e.key === 'Escape') done(false);
      }}
    />
  );
}

function Badge({ overlay }: { overlay: NodeOverlay }) {
  const { t } = useWords();
  const errors = overlay.errors ?? 0;
  const count = errors || (overlay.warnings ?? 0);
  if (count === 0) return null;
  return (
    <span
      className={`card-badge ${errors > 0 ? 'error' : 'warning'}`}
      title={t(errors > 0 ? 'problems.errors' : 'problems.warnings', { count })}
    >
      {errors > 0 ? `! ${count}` : count}
    </span>
  );
}

function Counts({ counts }: { counts: NonNullable<NodeOverlay['counts']> }) {
  const { t } = useWords();
  return (
    <div className="card-counts">
      <span className={counts.here > 0 ? 'here some' : 'here'}>
        <b>{counts.here}</b> {t('live.here')}
      </span>
      <span>
        <b>{counts.arrived}</b> {t('live.arrived')}
      </span>
      <span>
        <b>{counts.gone}</b> {t('live.gone')}
      </span>
    </div>
  );
}

function Continue({ node, outlet, y }: { node: string; outlet: string; y: number }) {
  const { t } = useWords();
  const actions = useCanvasActions();
  if (!actions) return null;
  return (
    <button
      type="button"
      className="card-continue nodrag nopan"
      style={{ top: y }}
      aria-label={t('canvas.continue')}
      title={t('canvas.continue')}
      onClick={(e) => {
        e.stopPropagation();
        actions.askKind({ type: 'outlet', node, outlet }, { x: e.clientX, y: e.clientY });
      }}
    >
      +
    </button>
  );
}
