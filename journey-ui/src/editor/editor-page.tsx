import { App as Antd, type InputRef } from 'antd';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useNavigate, useParams, useSearchParams } from 'react-router';
import type { Diagnostic } from '../../../shared/diagnostics.ts';
import { connect, setTitle } from '../../../shared/journey/index.ts';
import { nodeKind } from '../../../shared/nodes/index.ts';
import { useJourney } from '../api/journeys.ts';
import type { JourneyRecord } from '../api/types.ts';
import { useVoice } from '../api/use-names.ts';
import { Canvas, type CanvasEdits } from '../canvas/canvas.tsx';
import { CanvasActionsProvider, type Spot } from '../canvas/canvas-actions.ts';
import { Drawer } from '../drawer/drawer.tsx';
import { useProblemOverlay, useProblems } from '../drawer/use-problems.ts';
import { FormWidgets } from '../form/form-widgets.tsx';
import { Inspector } from '../inspector/inspector.tsx';
import { JourneySettings } from '../inspector/journey-settings.tsx';
import { ManySelected } from '../inspector/many.tsx';
import { KindMenu } from '../palette/kind-menu.tsx';
import { Palette } from '../palette/palette.tsx';
import { closeJourney, edit, openJourney, select, useEditor } from '../store/editor.ts';
import { Failure, Loading } from '../ui/states.tsx';
import { modePath } from './canvas-head.tsx';
import { ConflictDialog } from './conflict-dialog.tsx';
import { addAfter, addAt, putDown } from './drawing.ts';
import { EditorHead } from './editor-head.tsx';
import { FirstStep } from './first-step.tsx';
import { KeysHelp } from './keys-help.tsx';
import { NodeList } from './node-list.tsx';
import type { Conflict } from './save.ts';
import { useAutosave } from './use-autosave.ts';
import { useKeys } from './use-keys.ts';

/** Edit: the draft of one journey. */
export function EditorPage() {
  const { id = '' } = useParams();
  const [params] = useSearchParams();
  const wanted = params.get('node');
  const record = useJourney(id);
  const opened = useEditor((s) => s.journey?.id);
  const draft = record.data?.draft;
  useEffect(() => {
    if (draft && useEditor.getState().journey?.id !== draft.document.id) {
      openJourney(draft.document, draft.revision, draft.updatedAt);
      if (wanted !== null) select([wanted]);
    }
  }, [draft, wanted]);
  useEffect(() => () => closeJourney(), []);
  if (record.error) return <Failure error={record.error} onRetry={() => record.refetch()} home />;
  if (!record.data || opened === undefined) return <Loading />;
  return (
    <FormWidgets>
      <Editor record={record.data} />
    </FormWidgets>
  );
}

function Editor({ record }: { record: JourneyRecord }) {
  const voice = useVoice();
  const navigate = useNavigate();
  const { message } = Antd.useApp();
  const journey = useEditor((s) => s.journey);
  const selection = useEditor((s) => s.selection);
  const edge = useEditor((s) => s.edge);
  const checked = useProblems(journey, record.versions);
  const overlay = useProblemOverlay(checked.diagnostics);
  const [menu, setMenu] = useState<{ spot: Spot; at: { x: number; y: number } } | undefined>();
  const [settings, setSettings] = useState(false);
  const [help, setHelp] = useState(false);
  const [conflict, setConflict] = useState<Conflict | undefined>();
  const search = useRef<InputRef>(null);
  useAutosave(setConflict);

  const add = useCallback(
    (kind: string, spot: Spot | undefined) => {
      const { journey: now, selection: chosen } = useEditor.getState();
      if (!now) return;
      const added = spot ? addAt(now, kind, spot, voice) : addAfter(now, kind, chosen[0], voice);
      if (added.node === undefined) return;
      edit(() => added.journey);
      select([added.node]);
      setSettings(false);
    },
    [voice],
  );
  const edits = useMemo<CanvasEdits>(
    () => ({
      onMove: (moved) => edit((j) => putDown(j, moved)),
      onConnect: (from, to) => edit((j) => connect(j, from, to)),
      onConnectToNothing: (from, at, screen) => setMenu({ spot: { type: 'outlet', ...from, at }, at: screen }),
      onDropKind: (kind, at) => add(kind, { type: 'place', at }),
    }),
    [add],
  );
  const actions = useMemo(
    () => ({
      rename: (node: string, title: string) => edit((j) => setTitle(j, node, title)),
      askKind: (spot: Spot, at: { x: number; y: number }) => setMenu({ spot, at }),
    }),
    [],
  );
  useKeys({
    voice,
    focusSearch: () => search.current?.focus(),
    insertAfter: () => search.current?.focus(),
    editSelected: () => document.getElementById('node-title')?.focus(),
    help: () => setHelp(true),
    go: (mode) => navigate(modePath(record.id, mode)),
  });
  if (!journey) return <Loading />;
  const choose = (nodes: readonly string[], line?: string): void => {
    setSettings(false);
    select(nodes, line);
  };
  const goTo = (d: Diagnostic): void => {
    if (d.node !== undefined) {
      setSettings(false);
      select([d.node]);
    } else if (d.edge !== undefined) select([], d.edge);
    else setSettings(true);
  };
  const node = selection.length === 1 ? journey.nodes.find((n) => n.id === selection[0]) : undefined;
  return (
    <div className="canvas-page">
      <EditorHead
        record={record}
        checked={checked}
        onSettings={() => setSettings(true)}
        onHelp={() => setHelp(true)}
        onError={(text) => message.error(text)}
      />
      <div className="stage-area">
        <Palette onPick={(kind) => add(kind, undefined)} searchRef={search} />
        <CanvasActionsProvider value={actions}>
          <Canvas
            journey={journey}
            overlay={overlay}
            selection={selection}
            edge={edge}
            onSelect={choose}
            edits={edits}
            viewKey={journey.id}
          />
        </CanvasActionsProvider>
        {journey.nodes.length === 0 && <FirstStep onPick={(kind) => add(kind, undefined)} />}
        <NodeList journey={journey} />
        {settings ? (
          <JourneySettings journey={journey} onClose={() => setSettings(false)} />
        ) : node ? (
          <Inspector node={node} problems={checked.diagnostics.filter((d) => d.node === node.id)} />
        ) : selection.length > 1 ? (
          <ManySelected ids={selection} />
        ) : null}
        <Drawer checked={checked} record={record} onGo={goTo} />
      </div>
      {menu && (
        <KindMenu
          at={menu.at}
          {...(menu.spot.type !== 'place' && { only: (kind) => nodeKind(kind.kind)?.entry === undefined })}
          onClose={() => setMenu(undefined)}
          onPick={(kind) => {
            add(kind, menu.spot);
            setMenu(undefined);
          }}
        />
      )}
      {conflict && <ConflictDialog conflict={conflict} onSettled={setConflict} />}
      <KeysHelp open={help} onClose={() => setHelp(false)} />
    </div>
  );
}
