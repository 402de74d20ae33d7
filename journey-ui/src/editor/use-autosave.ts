import { useCallback, useEffect } from 'react';
import { useEditor } from '../store/editor.ts';
import { type Conflict, save } from './save.ts';

const PAUSE_MS = 700;
const AGAIN_MS = 5000;

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
