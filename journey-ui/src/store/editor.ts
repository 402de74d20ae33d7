/**
 * The draft on the table. The document is ours: an edit is a pure function journey -> journey, history is a list of
 * earlier documents, one per transaction. Selection and viewport are not history.
 */
import { create } from 'zustand';
import type { Journey } from '../../../shared/journey/index.ts';

export type SaveState = 'saved' | 'dirty' | 'saving' | 'failed' | 'conflict';

interface EditorState {
  readonly journey: Journey | undefined;
  readonly revision: number;
  /** The document as the server has it. */
  readonly saved: Journey | undefined;
  readonly savedAt: string | undefined;
  readonly save: SaveState;
  readonly past: readonly Journey[];
  readonly future: readonly Journey[];
  /** Edits of the same group (typing into one field) are one step of history. */
  readonly group: string | undefined;
  readonly selection: readonly string[];
  readonly edge: string | undefined;
}

const KEPT_STEPS = 200;

const CLOSED: EditorState = {
  journey: undefined,
  revision: 0,
  saved: undefined,
  savedAt: undefined,
  save: 'saved',
  past: [],
  future: [],
  group: undefined,
  selection: [],
  edge: undefined,
};

export const useEditor = create<EditorState>(() => CLOSED);

const { setState: set, getState: get } = useEditor;

export function openJourney(journey: Journey, revision: number, savedAt: string): void {
  set({ ...CLOSED, journey, revision, saved: journey, savedAt });
}

export const closeJourney = (): void => set(CLOSED);

/** Applies an edit. One that changes nothing leaves no step; a run of edits with the same `group` leaves one. */
export function edit(change: (journey: Journey) => Journey, group?: string): void {
  const { journey, past, group: open } = get();
  if (!journey) return;
  const next = change(journey);
  if (next === journey) return;
  const sameStep = group !== undefined && group === open;
  set({
    journey: next,
    past: sameStep ? past : [...past, journey].slice(-KEPT_STEPS),
    future: [],
    group,
    save: get().save === 'conflict' ? 'conflict' : 'dirty',
  });
}

/** The next edit starts a step of its own, whatever its group. */
export const endGroup = (): void => set({ group: undefined });

export function undo(): void {
  const { journey, past, future } = get();
  const before = past.at(-1);
  if (!journey || !before) return;
  set({ journey: before, past: past.slice(0, -1), future: [journey, ...future], group: undefined, save: 'dirty' });
  dropLostSelection();
}

export function redo(): void {
  const { journey, past, future } = get();
  const [after, ...rest] = future;
  if (!journey || !after) return;
  set({ journey: after, past: [...past, journey], future: rest, group: undefined, save: 'dirty' });
  dropLostSelection();
}

function dropLostSelection(): void {
  const { journey, selection } = get();
  const there = new Set(journey?.nodes.map((n) => n.id));
  set({ selection: selection.filter((id) => there.has(id)), edge: undefined });
}

export const select = (selection: readonly string[], edge?: string): void => set({ selection, edge, group: undefined });

export const saving = (): void => set({ save: 'saving' });

/** What was sent has arrived; edits made meanwhile stay dirty. */
export function savedAs(journey: Journey, revision: number, savedAt: string): void {
  set({ saved: journey, revision, savedAt, save: get().journey === journey ? 'saved' : 'dirty' });
}

export const saveFailed = (save: 'failed' | 'conflict'): void => set({ save });
