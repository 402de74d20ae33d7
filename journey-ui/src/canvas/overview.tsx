import { MiniMap, useStore } from '@xyflow/react';
import { useMemo } from 'react';
import { useWords } from '../i18n/index.ts';
import { GROUP_COLOUR } from '../theme/tokens.ts';
import type { CardNode } from './to-flow.ts';

/** The small map, bottom right; away while the whole drawing is in sight, so that it lies over no card for nothing. */
export function Overview({ nodes }: { nodes: readonly CardNode[] }) {
  const { t } = useWords();
  const edges = useMemo(() => edgesOf(nodes), [nodes]);
  const whole = useStore(({ width, height, transform: [x, y, zoom] }) => {
    const { left, right, top, bottom } = edges;
    return left * zoom + x >= 0 && right * zoom + x <= width && top * zoom + y >= 0 && bottom * zoom + y <= height;
  });
  if (whole) return null;
  return (
    <MiniMap
      pannable
      zoomable
      ariaLabel={t('canvas.minimap')}
      nodeColor={(n) => GROUP_COLOUR[(n as CardNode).data.card.group]}
      nodeBorderRadius={12}
    />
  );
}

/** Where the outermost cards end; of no cards nothing is out of sight. */
function edgesOf(nodes: readonly CardNode[]) {
  const of = (pick: (...all: number[]) => number, value: (n: CardNode) => number): number =>
    nodes.length === 0 ? 0 : pick(...nodes.map(value));
  return {
    left: of(Math.min, (n) => n.position.x),
    right: of(Math.max, (n) => n.position.x + (n.width ?? 0)),
    top: of(Math.min, (n) => n.position.y),
    bottom: of(Math.max, (n) => n.position.y + (n.height ?? 0)),
  };
}
