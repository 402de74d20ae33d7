/** What can be done to the drawing: one object each with its words, its keys, when it can be done, and doing it. */
import { deleteNodes, disconnect, graphOf, type Journey } from '../../../shared/journey/index.ts';
import type { Voice } from '../api/use-names.ts';
import { edit, redo, select, undo, useEditor } from '../store/editor.ts';
import { type Clip, clipOf, duplicate, paste } from './drawing.ts';

export interface Command {
  readonly id: string;
  /** As shown to people; "mod" is ⌘ or Ctrl. */
  readonly keys: string;
  readonly matches: (e: KeyboardEvent) => boolean;
  readonly perform: (context: CommandContext) => void;
}

export interface CommandContext {
  readonly voice: Voice;
  readonly focusSearch: () => void;
  readonly insertAfter: () => void;
  readonly editSelected: () => void;
  readonly help: () => void;
  readonly go: (mode: 'edit' | 'live' | 'run') => void;
}

const mod = (e: KeyboardEvent): boolean => e.metaKey || e.ctrlKey;
const plain = (key: string) => (e: KeyboardEvent) => !mod(e) && !e.altKey && e.key.toLowerCase() === key;
const withMod =
  (key: string, shift = false) =>
  (e: KeyboardEvent) =>
    mod(e) && e.shiftKey === shift && e.key.toLowerCase() === key;

let clip: Clip | undefined;
let pasted = 0;

const current = (): { journey: Journey | undefined; selection: readonly string[]; edge: string | undefined } =>
  useEditor.getState();

function copy(): void {
  const { journey, selection } = current();
  if (!journey || selection.length === 0) return;
  clip = clipOf(journey, selection);
  pasted = 0;
}

function remove(): void {
  const { selection, edge } = current();
  if (edge !== undefined) edit((j) => disconnect(j, edge));
  else if (selection.length > 0) edit((j) => deleteNodes(j, selection));
  select([]);
}

function put(make: (journey: Journey) => { journey: Journey; nodes: readonly string[] }): void {
  const { journey } = current();
  if (!journey) return;
  const made = make(journey);
  edit(() => made.journey);
  select(made.nodes);
}

/** The next or the previous card along the edges; from nowhere, the first entry. */
function walk(back: boolean): void {
  const { journey, selection } = current();
  if (!journey) return;
  const graph = graphOf(journey);
  const [at] = selection;
  const next =
    at === undefined
      ? (graph.entries[0]?.node.id ?? journey.nodes[0]?.id)
      : back
        ? graph.incoming(at)[0]?.from.node
        : graph.outgoing(at)[0]?.to;
  if (next !== undefined) select([next]);
}

export const COMMANDS: readonly Command[] = [
  { id: 'undo', keys: 'mod Z', matches: withMod('z'), perform: undo },
  { id: 'redo', keys: 'mod ⇧ Z', matches: (e) => withMod('z', true)(e) || withMod('y')(e), perform: redo },
  { id: 'copy', keys: 'mod C', matches: withMod('c'), perform: copy },
  {
    id: 'cut',
    keys: 'mod X',
    matches: withMod('x'),
    perform: () => {
      copy();
      remove();
    },
  },
  {
    id: 'paste',
    keys: 'mod V',
    matches: withMod('v'),
    perform: () => {
      const held = clip;
      if (!held) return;
      pasted += 1;
      put((journey) => paste(journey, held, pasted));
    },
  },
  {
    id: 'duplicate',
    keys: 'mod D',
    matches: withMod('d'),
    perform: () => put((journey) => duplicate(journey, current().selection)),
  },
  {
    id: 'selectAll',
    keys: 'mod A',
    matches: withMod('a'),
    perform: () => select((current().journey?.nodes ?? []).map((n) => n.id)),
  },
  {
    id: 'delete',
    keys: '⌫',
    matches: (e) => !mod(e) && (e.key === 'Backspace' || e.key === 'Delete'),
    perform: remove,
  },
  {
    id: 'walk',
    keys: 'Tab',
    matches: (e) => e.key === 'Tab' && !e.shiftKey && current().selection.length > 0,
    perform: () => walk(false),
  },
  {
    id: 'walkBack',
    keys: '⇧ Tab',
    matches: (e) => e.key === 'Tab' && e.shiftKey && current().selection.length > 0,
    perform: () => walk(true),
  },
  {
    id: 'editSelected',
    keys: 'Enter',
    matches: (e) => e.key === 'Enter' && current().selection.length === 1,
    perform: (c) => c.editSelected(),
  },
  { id: 'search', keys: '/', matches: plain('/'), perform: (c) => c.focusSearch() },
  {
    id: 'insert',
    keys: '+',
    matches: (e) => !mod(e) && (e.key === '+' || e.key === '='),
    perform: (c) => c.insertAfter(),
  },
  {
    id: 'tidy',
    keys: 'A',
    matches: plain('a'),
    perform: (c) => void tidyUp(c.voice),
  },
  { id: 'modeEdit', keys: '1', matches: plain('1'), perform: (c) => c.go('edit') },
  { id: 'modeLive', keys: '2', matches: plain('2'), perform: (c) => c.go('live') },
  { id: 'modeRun', keys: '3', matches: plain('3'), perform: (c) => c.go('run') },
  { id: 'deselect', keys: 'Esc', matches: (e) => e.key === 'Escape', perform: () => select([]) },
  { id: 'help', keys: '?', matches: plain('?'), perform: (c) => c.help() },
];

/** Lays the cards out anew, as one step. What was edited while the layout was computed is not overwritten. */
export async function tidyUp(voice: Voice): Promise<void> {
  const { journey } = current();
  if (!journey) return;
  const { tidy } = await import('./tidy.ts');
  const next = await tidy(journey, voice);
  if (current().journey === journey) edit(() => next);
}
