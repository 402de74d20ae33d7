/**
 * The parts of an execution's distributed Maps, each a row of its own: the frames that work on items, what the items are
 * (written once), and each item's result. So what a step writes does not grow with the number of items.
 */
import type { ExecutionState, Frame, Json, PartChanges } from '../../../shared/asl/index.ts';
import type { Database } from './database.ts';

type Kind = 'frame' | 'join' | 'result';

/** What a Map's frame has got once and for all. */
interface Given {
  input: Json;
  items: Json[];
  selected?: Json;
}

/** Whether a frame is a row, not in the document. */
export const isPart = (frame: Frame): boolean => frame.quiet !== undefined;

/** A frame without what is in other rows. */
export function withoutParts(frame: Frame): Frame {
  if (!frame.join?.mapRun) return frame;
  const { items: _, results: __, selected: ___, ...join } = frame.join;
  return { ...frame, input: null, join: { ...join, results: [] } };
}

/** Writes what a step has changed; `execution`: the number of its row. */
export function keepParts(db: Database, execution: number, state: ExecutionState, changes: PartChanges | 'all'): void {
  if (changes === 'all' || changes.all) {
    forgetParts(db, execution);
    for (const frame of Object.values(state.frames)) {
      if (isPart(frame)) keepFrame(db, execution, frame);
      keepJoin(db, execution, frame);
    }
    return;
  }
  for (const id of changes.frames) {
    const frame = state.frames[id];
    if (frame) keepFrame(db, execution, frame);
    else db.run(`DELETE FROM execution_parts WHERE execution = ? AND frame = ? AND kind = 'frame'`, execution, id);
  }
  for (const id of changes.joins) {
    // The state may have been entered again in the same step.
    db.run(`DELETE FROM execution_parts WHERE execution = ? AND frame = ? AND kind <> 'frame'`, execution, id);
    const frame = state.frames[id];
    if (frame) keepJoin(db, execution, frame);
  }
  for (const [id, slots] of changes.results) {
    const frame = state.frames[id];
    if (frame && !changes.joins.has(id)) for (const slot of slots) keepResult(db, execution, frame, slot);
  }
}

/** The execution has ended well. */
export function forgetParts(db: Database, execution: number): void {
  db.run('DELETE FROM execution_parts WHERE execution = ?', execution);
}

/** Puts the parts back into a document. */
export function readParts(db: Database, execution: number, state: ExecutionState): void {
  const rows = db.all('SELECT frame, kind, slot, value FROM execution_parts WHERE execution = ?', execution);
  const each = (wanted: Kind, put: (frame: number, value: unknown, slot: number) => void) => {
    for (const { frame, kind, slot, value } of rows) {
      if (kind === wanted) put(frame as number, JSON.parse(value as string), slot as number);
    }
  };
  each('frame', (id, value) => {
    state.frames[id] = value as Frame;
  });
  each('join', (id, value) => {
    const frame = state.frames[id];
    if (!frame?.join) return;
    const { input, items, selected } = value as Given;
    frame.input = input;
    frame.join.items = items;
    if (selected !== undefined) frame.join.selected = selected;
  });
  each('result', (id, value, slot) => {
    const join = state.frames[id]?.join;
    if (join) join.results[slot] = value as Json;
  });
}

function keepFrame(db: Database, execution: number, frame: Frame): void {
  put(db, execution, frame.id, 'frame', 0, withoutParts(frame));
}

/** All of a Map's items and results. */
function keepJoin(db: Database, execution: number, frame: Frame): void {
  const { id, input, join } = frame;
  if (!join?.mapRun) return;
  const given: Given = { input, items: join.items ?? [] };
  if (join.selected !== undefined) given.selected = join.selected;
  put(db, execution, id, 'join', 0, given);
  join.results.forEach((_, slot) => {
    keepResult(db, execution, frame, slot);
  });
}

function keepResult(db: Database, execution: number, { id, join }: Frame, slot: number): void {
  if (join?.mapRun) put(db, execution, id, 'result', slot, join.results[slot]);
}

function put(db: Database, execution: number, frame: number, kind: Kind, slot: number, value: unknown): void {
  db.run(
    'INSERT OR REPLACE INTO execution_parts (execution, frame, kind, slot, value) VALUES (?, ?, ?, ?, ?)',
    execution,
    frame,
    kind,
    slot,
    JSON.stringify(value),
  );
}
