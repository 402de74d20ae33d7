import type { Viewport } from '@xyflow/react';
import type { Lane } from './lanes.ts';
import type { CardNode } from './to-flow.ts';

const HEADS = 150;
const MARGIN = 40;
/** The smallest zoom at which cards can still be read. */
const LEGIBLE = 0.65;

interface Size {
  readonly width: number;
  readonly height: number;
}

function extent(nodes: readonly CardNode[], lanes: readonly Lane[]) {
  const left = nodes.length > 0 ? Math.min(...nodes.map((n) => n.position.x)) : 0;
  const right = nodes.length > 0 ? Math.max(...nodes.map((n) => n.position.x + (n.width ?? 0))) : 600;
  const last = lanes.at(-1);
  return { left, width: right - left, height: last ? last.top + last.height : 600 };
}

/**
 * How a journey first shows: from its beginning and from the top. To draw on it the cards must be readable; to look at
 * it the whole should be in sight where it can be
 * and still be read.
 */
export function openingView(nodes: readonly CardNode[], lanes: readonly Lane[], box: Size, drawing: boolean): Viewport {
  const { left, width, height } = extent(nodes, lanes);
  const tall = box.height / height;
  const wide = (box.width - HEADS - MARGIN) / width;
  const whole = Math.min(tall, wide);
  const zoom = Math.min(1, drawing ? Math.max(0.8, tall) : whole < LEGIBLE ? 0.75 : whole);
  return { x: HEADS - left * zoom, y: 0, zoom };
}

/** The whole journey in the window. */
export function fitWhole(nodes: readonly CardNode[], lanes: readonly Lane[], box: Size): Viewport {
  const { left, width, height } = extent(nodes, lanes);
  const zoom = Math.max(0.2, Math.min(1, box.height / height, (box.width - HEADS - MARGIN) / width));
  return { x: HEADS - left * zoom, y: 0, zoom };
}
