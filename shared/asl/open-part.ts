import { newFrame } from './fresh-state.ts';
import type { Json } from './json.ts';
import type { Run } from './run.ts';
import type { Frame } from './types.ts';

/** A branch of a Parallel state, or an item of a Map. */
interface Part {
  path: string;
  slot: number;
  input: Json;
  last: number;
  item?: { index: number; value: Json };
  /** The part writes no events into this history: it is an execution of its own on AWS. */
  quiet?: boolean;
}

/** A new frame for a part of a state. Whoever opens it puts it among what is ready. */
export function openPart(run: Run, parent: Frame, part: Part): Frame {
  const sub = run.machine.subs.get(part.path);
  if (!sub) throw new Error(`The definition has no machine at '${part.path}'`);
  const id = run.state.nextFrame++;
  const frame = newFrame(id, part.path, sub.startAt, part.input, run.now, undefined);
  frame.parent = parent.id;
  frame.slot = part.slot;
  if (!part.quiet) frame.last = part.last;
  frame.item = part.item;
  frame.quiet = part.quiet ? id : parent.quiet;
  frame.quietEvents = undefined;
  frame.child = undefined;
  run.state.frames[id] = frame;
  run.touch(frame);
  run.touch(parent);
  return frame;
}
