import { useReactFlow, useStore } from '@xyflow/react';
import { useEffect } from 'react';
import type { CardNode } from './to-flow.ts';

const HEADS = 140;
const MARGIN = 20;
/** Behind a card with a free outlet stands the "+" that goes on from there (card.css). */
const CONTINUES = 48;
/** The minimap's corner, which a card should not hide under. */
const MAP = { width: 196, height: 140 };

/**
 * Brings the one selected card into sight, by the shortest way, when it is chosen or when the canvas gets smaller (a
 * panel opened beside it). Dragging a card or panning by hand does not pull it back.
 */
export function useKeepInSight(nodes: readonly CardNode[], id: string | undefined): void {
  const flow = useReactFlow();
  const width = useStore((s) => s.width);
  const height = useStore((s) => s.height);
  // biome-ignore lint/correctness/useExhaustiveDependencies: looks when another card is chosen, not when cards move
  useEffect(() => {
    const node = nodes.find((n) => n.id === id);
    if (!node || width === 0) return;
    const { x, y, zoom } = flow.getViewport();
    const left = node.position.x * zoom + x;
    const top = node.position.y * zoom + y;
    const right = left + ((node.width ?? 0) + CONTINUES) * zoom;
    const bottom = top + (node.height ?? 0) * zoom;
    const underMap = bottom > height - MAP.height && width > 600;
    const edge = width - (underMap ? MAP.width : MARGIN);
    const dx = left < HEADS ? HEADS - left : Math.min(0, edge - right);
    const dy = top < MARGIN ? MARGIN - top : Math.min(0, height - MARGIN - bottom);
    if (dx !== 0 || dy !== 0) void flow.setViewport({ x: x + dx, y: y + dy, zoom }, { duration: 160 });
  }, [id, width, height, flow]);
}
