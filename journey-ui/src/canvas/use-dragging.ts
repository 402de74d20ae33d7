import type { NodeChange } from '@xyflow/react';
import { useCallback, useMemo, useRef, useState } from 'react';
import { cardMiddle } from './card-middle.ts';
import { type Lane, laneAt } from './lanes.ts';
import type { CardNode } from './to-flow.ts';

type Places = ReadonlyMap<string, { x: number; y: number }>;
const NOWHERE: Places = new Map();

/**
 * Cards under the pointer. Until they are put down their places are the canvas's business only; putting them down is
 * one edit of the document, so a drag is one step of history.
 */
export function useDragging(
  lanes: readonly Lane[],
  onMove: ((moved: readonly { id: string; x: number; y: number }[]) => void) | undefined,
) {
  const [places, setPlaces] = useState<Places>(NOWHERE);
  const [hovered, setHovered] = useState<number | undefined>();
  const latest = useRef<Places>(NOWHERE);
  const boxed = useRef(new Set<string>());

  const onNodesChange = useCallback(
    (changes: NodeChange<CardNode>[]) => {
      let next: Map<string, { x: number; y: number }> | undefined;
      let nudged = false;
      for (const change of changes) {
        if (change.type === 'select') {
          if (change.selected) boxed.current.add(change.id);
          else boxed.current.delete(change.id);
        }
        if (change.type !== 'position' || !change.position) continue;
        next ??= new Map(latest.current);
        next.set(change.id, change.position);
        // Arrow keys move a card without a drag: put down at once.
        nudged ||= change.dragging === false && latest.current.size === 0;
      }
      if (!next) return;
      if (nudged) return onMove?.([...next].map(([id, place]) => ({ id, ...place })));
      latest.current = next;
      setPlaces(next);
    },
    [onMove],
  );

  const onDragStop = useCallback(() => {
    const moved = [...latest.current].map(([id, place]) => ({ id, ...place }));
    latest.current = NOWHERE;
    setPlaces(NOWHERE);
    if (moved.length > 0) onMove?.(moved);
  }, [onMove]);

  const lane = useMemo(() => {
    if (hovered !== undefined) return laneAt(lanes, hovered).stage;
    const [first] = places.values();
    return first && laneAt(lanes, first.y + cardMiddle).stage;
  }, [hovered, lanes, places]);

  return { places, lane, onNodesChange, onDragStop, hover: setHovered, boxed };
}
