import { useCallback, useEffect } from 'react';
import { ApiError } from '../api/client.ts';
import { saveDraft } from '../api/journeys.ts';
import type { Draft } from '../api/types.ts';
import { openJourney, savedAs, saveFailed, saving, useEditor } from '../store/editor.ts';

const PAUSE_MS = 700;
const AGAIN_MS = 5000;

/** What somebody else saved meanwhile. */
export interface Conflict {
  readonly document: Draft['document'];
  readonly revision: number;
}

async function save(revision = useEditor.getState().revision): Promise<Conflict | undefined> {
  const { journey } = useEditor.getState();
  if (!journey) return undefined;
  saving();
  try {
    const answer = await saveDraft(journey.id, journey, revision);
    savedAs(journey, answer.revision, new Date().toISOString());
    return undefined;
  } catch (error) {
    const current = error instanceof ApiError && error.status === 409 ? conflictOf(error) : undefined;
    saveFailed(current ? 'conflict' : 'failed');
    return current;
  }
}

const conflictOf = (error: ApiError): Conflict | undefined =>
  (error.body as { current?: Conflict } | undefined)?.current;

/** Saves a moment after the last edit; what failed is tried again. A conflict waits for a person. */
export function useAutosave(onConflict: (conflict: Conflict) => void): void {
  const journey = useEditor((s) => s.journey);
  const state = useEditor((s) => s.save);
  useEffect(() => {
    if (!journey || (state !== 'dirty' && state !== 'failed')) return;
    const timer = setTimeout(
      async () => {
        const conflict = await save();
        if (conflict) onConflict(conflict);
      },
      state === 'failed' ? AGAIN_MS : PAUSE_MS,
    );
    return () => clearTimeout(timer);
  }, [journey, state, onConflict]);

  useEffect(() => {
    const warn = (e: BeforeUnloadEvent): void => {
      if (useEditor.getState().save !== 'saved') e.preventDefault();
    };
    addEventListener('beforeunload', warn);
    return () => removeEventListener('beforeunload', warn);
  }, []);
}

/** Saves at once (before publishing); true when the server has what is on the canvas. */
export function useSaveNow(): () => Promise<boolean> {
  return useCallback(async () => {
    if (useEditor.getState().save !== 'saved') await save();
    return useEditor.getState().save === 'saved';
  }, []);
}

/** Ends a conflict: keep what is on this canvas, or take what the other saved. */
export async function settle(conflict: Conflict, keep: 'mine' | 'theirs'): Promise<Conflict | undefined> {
  if (keep === 'mine') return save(conflict.revision);
  openJourney(conflict.document, conflict.revision, new Date().toISOString());
  return undefined;
}
