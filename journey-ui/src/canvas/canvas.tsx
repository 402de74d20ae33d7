import {
  Background,
  BackgroundVariant,
  type Connection,
  ReactFlow,
  ReactFlowProvider,
  SelectionMode,
  useReactFlow,
  useStore,
} from '@xyflow/react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useVoice } from '../api/use-names.ts';
import '@xyflow/react/dist/style.css';
import { canConnect, type Journey } from '../../../shared/journey/index.ts';
import { useWords } from '../i18n/index.ts';
import { useTheme } from '../theme/theme.ts';
import { Card } from './card.tsx';
import { CARD_WIDTH, PORT_Y } from './card-model.ts';
import { KIND_MIME } from './kind-mime.ts';
import { LaneBands, LaneHeads } from './lane-bands.tsx';
import { lanesOf, type Standing, standingAt } from './lanes.ts';
import { Link } from './link.tsx';
import type { Overlay } from './overlay.ts';
import { Overview } from './overview.tsx';
import { type CardNode, type LinkEdge, nodeMapper, toEdges } from './to-flow.ts';
import { type Moved, useDragging } from './use-dragging.ts';
import { useKeepInSight } from './use-keep-in-sight.ts';
import { fitWhole, openingView } from './viewport.ts';
import { Zoom } from './zoom.tsx';
import './canvas.css';

const NODE_TYPES = { card: Card };
const EDGE_TYPES = { link: Link };
const MULTI = ['Meta', 'Control', 'Shift'];

export interface CanvasEdits {
  /** Cards were put down at new places of the canvas. */
  readonly onMove: (moved: readonly Moved[]) => void;
  readonly onConnect: (from: { node: string; outlet: string }, to: string) => void;
  /** A line was let go over empty canvas. */
  readonly onConnectToNothing: (
    from: { node: string; outlet: string },
    at: Standing,
    screen: { x: number; y: number },
  ) => void;
  readonly onDropKind: (kind: string, at: Standing) => void;
}

interface Props {
  readonly journey: Journey;
  readonly overlay: Overlay;
  readonly selection: readonly string[];
  readonly edge?: string | undefined;
  readonly onSelect: (nodes: readonly string[], edge?: string) => void;
  /** Absent where the drawing is only looked at. */
  readonly edits?: CanvasEdits;
  /** Reset the viewport when this changes (another journey, another mode). */
  readonly viewKey: string;
}

/** The one canvas of all modes. */
export function Canvas(props: Props) {
  return (
    <ReactFlowProvider>
      <Drawing {...props} />
    </ReactFlowProvider>
  );
}

function Drawing({ journey, overlay, selection, edge, onSelect, edits, viewKey }: Props) {
  const { t } = useWords();
  const voice = useVoice();
  const theme = useTheme((s) => s.name);
  const flow = useReactFlow<CardNode, LinkEdge>();
  const box = useRef<HTMLDivElement>(null);
  const height = useStore((state) => state.height);
  /** The zoom at which the drawing was opened, or brought into sight as a whole: zooming by hand changes no lane. */
  const [zoom, setZoom] = useState(1);
  const lanes = useMemo(() => lanesOf(journey, voice, height / zoom), [journey, voice, height, zoom]);
  const dragging = useDragging(lanes, edits?.onMove);
  const [mapNodes] = useState(nodeMapper);
  const view = useMemo(
    () => ({
      voice,
      lanes,
      overlay,
      editable: edits !== undefined,
      selection: new Set(selection),
      edge,
      dragged: dragging.places,
    }),
    [voice, lanes, overlay, edits, selection, edge, dragging.places],
  );
  const nodes = useMemo(() => mapNodes(journey, view), [mapNodes, journey, view]);
  const edges = useMemo(() => toEdges(journey, view), [journey, view]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the view is set when another drawing opens, not on edits
  useEffect(() => {
    if (!box.current) return;
    const size = box.current.getBoundingClientRect();
    const opening = openingView(nodes, lanesOf(journey, voice), size, edits !== undefined);
    setZoom(opening.zoom);
    void flow.setViewport(opening);
  }, [viewKey, flow]);

  useKeepInSight(nodes, selection.length === 1 ? selection[0] : undefined);

  const isValid = useCallback(
    (c: Connection | LinkEdge) => canConnect(journey, { node: c.source, outlet: c.sourceHandle ?? '' }, c.target),
    [journey],
  );

  return (
    <div className="canvas" ref={box}>
      <LaneBands lanes={lanes} target={dragging.lane} />
      <ReactFlow<CardNode, LinkEdge>
        nodes={nodes}
        edges={edges}
        nodeTypes={NODE_TYPES}
        edgeTypes={EDGE_TYPES}
        colorMode={theme}
        minZoom={0.2}
        maxZoom={1.75}
        panOnScroll
        zoomOnDoubleClick={false}
        selectionOnDrag={false}
        selectionMode={SelectionMode.Partial}
        multiSelectionKeyCode={MULTI}
        deleteKeyCode={null}
        nodesConnectable={edits !== undefined}
        nodesDraggable={edits !== undefined}
        elementsSelectable
        elevateNodesOnSelect
        onlyRenderVisibleElements={journey.nodes.length > 80}
        nodeDragThreshold={3}
        connectionRadius={34}
        attributionPosition="bottom-center"
        aria-label={t('canvas.label', { name: journey.name })}
        onNodesChange={dragging.onNodesChange}
        onNodeDragStop={dragging.onDragStop}
        onSelectionDragStop={dragging.onDragStop}
        onNodeClick={(e, node) => {
          const add = e.metaKey || e.ctrlKey || e.shiftKey;
          if (!add) return onSelect([node.id]);
          onSelect(selection.includes(node.id) ? selection.filter((id) => id !== node.id) : [...selection, node.id]);
        }}
        onNodeDragStart={(_e, node) => {
          if (!selection.includes(node.id)) onSelect([node.id]);
        }}
        onSelectionEnd={() =>
          onSelect(flow.getNodes().flatMap((n) => (dragging.boxed.current.has(n.id) ? [n.id] : [])))
        }
        onSelectionStart={() => dragging.boxed.current.clear()}
        onEdgeClick={(_e, link) => onSelect([], link.id)}
        onPaneClick={() => onSelect([])}
        isValidConnection={isValid}
        onConnect={(c) => edits?.onConnect({ node: c.source, outlet: c.sourceHandle ?? '' }, c.target)}
        onConnectEnd={(e, state) => {
          if (!edits || state.isValid || state.toNode || state.fromHandle?.type !== 'source') return;
          const point = 'changedTouches' in e ? e.changedTouches[0] : e;
          if (!point || !state.fromNode) return;
          const screen = { x: point.clientX, y: point.clientY };
          const from = { node: state.fromNode.id, outlet: state.fromHandle.id ?? '' };
          const { x, y } = flow.screenToFlowPosition(screen);
          edits.onConnectToNothing(from, standingAt(lanes, { x, y: y - PORT_Y }), screen);
        }}
        onDragOver={(e) => {
          if (edits && e.dataTransfer.types.includes(KIND_MIME)) {
            e.preventDefault();
            e.dataTransfer.dropEffect = 'copy';
            dragging.hover(flow.screenToFlowPosition({ x: e.clientX, y: e.clientY }).y);
          }
        }}
        onDragLeave={() => dragging.hover(undefined)}
        onDrop={(e) => {
          const kind = e.dataTransfer.getData(KIND_MIME);
          dragging.hover(undefined);
          if (!edits || kind === '') return;
          e.preventDefault();
          const { x, y } = flow.screenToFlowPosition({ x: e.clientX, y: e.clientY });
          edits.onDropKind(kind, standingAt(lanes, { x: x - CARD_WIDTH / 2, y: y - PORT_Y }));
        }}
      >
        <Background variant={BackgroundVariant.Dots} gap={22} size={1} className="canvas-dots" />
        <Overview nodes={nodes} />
      </ReactFlow>
      <LaneHeads lanes={lanes} counts={overlay.lanes} />
      <Zoom
        onFit={() => {
          if (!box.current) return;
          const whole = fitWhole(nodes, lanesOf(journey, voice), box.current.getBoundingClientRect());
          setZoom(whole.zoom);
          void flow.setViewport(whole, { duration: 180 });
        }}
      />
    </div>
  );
}
