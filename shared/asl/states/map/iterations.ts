/** A Map's iterations: opened up to the limit, and what follows when one has ended. */
import type { EventForm } from '../../journal.ts';
import type { Json, JsonObject } from '../../json.ts';
import type { State } from '../../machine.ts';
import { openPart } from '../../open-part.ts';
import type { Run } from '../../run.ts';
import type { Frame, Join } from '../../types.ts';
import { writeResults, writesResults } from './io.ts';
import { beginChild, tellMapRun } from './map-run.ts';
import { isDistributed } from './settings.ts';

const iteration = (type: string, name: `${string}EventDetails`): EventForm<State, number> => ({
  type,
  name,
  details: (state, index) => ({ name: state.name, index }),
});

/** The events of an iteration: of which Map state, and which item. */
export const ITERATION = {
  Started: iteration('MapIterationStarted', 'mapIterationStartedEventDetails'),
  Succeeded: iteration('MapIterationSucceeded', 'mapIterationSucceededEventDetails'),
  Failed: iteration('MapIterationFailed', 'mapIterationFailedEventDetails'),
  Aborted: iteration('MapIterationAborted', 'mapIterationAbortedEventDetails'),
};
const RUN_SUCCEEDED = { type: 'MapRunSucceeded' };
const SUCCEEDED = { type: 'MapStateSucceeded' };

/** The next items to be worked on: first those that a redrive wants again. */
function nextSlots(join: Join): number[] {
  const items = join.items as Json[];
  const again = join.again ?? [];
  const open = (join.next as number) - again.length - (items.length - join.left);
  const slots: number[] = [];
  for (let free = (join.limit as number) - open; free > 0; free--) {
    const slot = again.shift() ?? ((join.next as number) < items.length ? (join.next as number)++ : undefined);
    if (slot === undefined) break;
    slots.push(slot);
  }
  if (join.again?.length === 0) delete join.again;
  return slots;
}

/** Opens iterations up to the limit. `previous` is the event the first of them points to. */
export function openMore(run: Run, frame: Frame, state: State, previous: number): void {
  const join = frame.join as Join;
  const items = join.items as Json[];
  const distributed = isDistributed(state);
  const opened = nextSlots(join).map((slot) => {
    const value = items[slot] as Json;
    const item = { index: slot, value };
    const input =
      join.selected === undefined ? value : state.query.item(run.scope(frame, state, item), join.selected, value);
    const [path = ''] = state.parts;
    const part = openPart(run, frame, { path, slot, input, last: previous, item, quiet: distributed });
    if (distributed) beginChild(run, frame, state, part);
    else run.emit(part, ITERATION.Started, state, slot);
    return part;
  });
  run.schedule(opened);
}

export function iterationEnded(run: Run, frame: Frame, state: State, part: Frame, how: 'Succeeded' | 'Failed'): void {
  const join = frame.join as Join;
  join.left--;
  const distributed = isDistributed(state);
  if (!distributed) frame.last = run.write(part, ITERATION[how], part.last, state, part.slot as number);
  if (join.left === 0) finishMap(run, frame, state);
  else {
    openMore(run, frame, state, distributed ? 0 : part.last);
    if (distributed) tellMapRun(run, frame, 'RUNNING');
  }
}

/** All iterations have ended. */
export function finishMap(run: Run, frame: Frame, state: State): void {
  if (writesResults(state) && !run.watch) writeResults(run, frame, state);
  else mapSucceeded(run, frame, state);
}

/** `written`: where the results lie, if they were written. */
export function mapSucceeded(run: Run, frame: Frame, state: State, written?: JsonObject): void {
  const join = frame.join as Join;
  if (isDistributed(state)) {
    run.emit(frame, RUN_SUCCEEDED);
    tellMapRun(run, frame, 'SUCCEEDED');
  }
  const { last } = frame;
  run.emit(frame, SUCCEEDED);
  const result = written ? { MapRunArn: join.mapRun?.arn ?? null, ResultWriterDetails: written } : join.results;
  state.kind.answered?.(run, frame, state, result, last);
}
