import { ApiError } from '../api/client.ts';
import { saveDraft } from '../api/journeys.ts';
import type { Draft } from '../api/types.ts';
import { openJourney, savedAs, saveFailed, saving, useEditor } from '../store/editor.ts';

/** What somebody else saved meanwhile. */
export interface Conflict {
  readonly document: Draft['document'];
  readonly revision: number;
}

let underWay: Promise<unknown> = Promise.resolve();

/**
 * Saves what is on the canvas, one save at a time: an edit made while a slow save is under way would else be sent with
 * the revision from before it, and look like somebody else's.
 *
 * @param revision that it replaces; the newest known where absent
 */
export function save(revision?: number): Promise<Conflict | undefined> {
  const next = underWay.then(() => send(revision));
  underWay = next;
  return next;
}

async function send(replaced: number | undefined): Promise<Conflict | undefined> {
  const { journey, saved, save: state, revision } = useEditor.getState();
  if (!journey || (replaced === undefined && (journey === saved || state === 'conflict'))) return undefined;
  saving();
  try {
    const answer = await saveDraft(journey.id, journey, replaced ?? revision);
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

/** Ends a conflict: keep what is on this canvas, or take what the other saved. */
export async function settle(conflict: Conflict, keep: 'mine' | 'theirs'): Promise<Conflict | undefined> {
  if (keep === 'mine') return save(conflict.revision);
  openJourney(conflict.document, conflict.revision, new Date().toISOString());
  return undefined;
}
