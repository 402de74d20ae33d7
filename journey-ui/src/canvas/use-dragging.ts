import type { NodeChange } from '@xyflow/react';
import { useCallback, useMemo, useRef, useState } from 'react';
import { PORT_Y } from './card-model.ts';
import { type Lane, laneAt, type Standing, standingAt } from './lanes.ts';
import type { CardNode } from './to-flow.ts';

export interface Moved extends Standing {
  readonly id: string;
}

type Places = ReadonlyMap<string, { x: number; y: number }>;
const NOWHERE: Places = new Map();

/**
 * Cards under the pointer. Until they are put down their places are the canvas's business only; putting them down is
 * one edit of the document, so a drag is one step of history.
 */
export function useDragging(lanes: readonly Lane[], onMove: ((moved: readonly Moved[]) => void) | undefined) {
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
      if (nudged) return onMove?.(standings(next, lanes));
      latest.current = next;
      setPlaces(next);
    },
    [onMove, lanes],
  );

  const onDragStop = useCallback(() => {
    const moved = standings(latest.current, lanes);
    latest.current = NOWHERE;
    setPlaces(NOWHERE);
    if (moved.length > 0) onMove?.(moved);
  }, [onMove, lanes]);

  const lane = useMemo(() => {
    if (hovered !== undefined) return laneAt(lanes, hovered).stage;
    const [first] = places.values();
    return first && laneAt(lanes, first.y + PORT_Y).stage;
  }, [hovered, lanes, places]);

  return { places, lane, onNodesChange, onDragStop, hover: setHovered, boxed };
}

const standings = (places: Places, lanes: readonly Lane[]): Moved[] =>
  [...places].map(([id, place]) => ({ id, ...standingAt(lanes, place) }));
