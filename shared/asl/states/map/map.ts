/**
 * Map. Inline: each item's states are part of this history. Distributed: each item is an execution of its own on AWS;
 * here the items run inside the same document (see map-run.ts), of which each step tells the parts that it has changed
 * (part-changes.ts), so that ten thousand items need not be written again for each of them. They may be read from S3 and their results written there (io.ts).
 */

import { abortParts } from '../../failing.ts';
import { StateFailure } from '../../failure.ts';
import { type EventForm, told } from '../../journal.ts';
import { isObject, type Json, type JsonObject } from '../../json.ts';
import type { State } from '../../machine.ts';
import type { Run } from '../../run.ts';
import type { Frame, Join } from '../../types.ts';
import { defineStateKind, WORK_FIELDS } from '../define-state-kind.ts';
import { batchItems } from './batches.ts';
import { askForItems, itemSource } from './io.ts';
import { finishMap, ITERATION, iterationEnded, mapSucceeded, openMore } from './iterations.ts';
import { beginMapRun, childAborted, childFailed, childSucceeded, tellMapRun } from './map-run.ts';
import {
  concurrencyLimit,
  EXCEEDED,
  isDistributed,
  itemsOf,
  processor,
  tolerated,
  toleration,
  wantedConcurrency,
} from './settings.ts';

const STARTED: EventForm<number> = {
  type: 'MapStateStarted',
  name: 'mapStateStartedEventDetails',
  details: (length) => ({ length }),
};
const FAILED = { type: 'MapStateFailed' };

export const map = defineStateKind({
  type: 'Map',
  flow: 'next-or-end',
  fields: [
    ...WORK_FIELDS,
    'ItemProcessor',
    'Iterator',
    'Items',
    'ItemsPath',
    'ItemSelector',
    'ItemReader',
    'ItemBatcher',
    'ResultWriter',
    'MaxConcurrency',
    'MaxConcurrencyPath',
    'ToleratedFailureCount',
    'ToleratedFailureCountPath',
    'ToleratedFailurePercentage',
    'ToleratedFailurePercentagePath',
    'Label',
  ],
  required: { any: ['ItemProcessor|Iterator'] },
  exclusive: [
    ['ItemProcessor', 'Iterator'],
    ['ItemSelector', 'Parameters'],
    ['MaxConcurrency', 'MaxConcurrencyPath'],
    ['ToleratedFailureCount', 'ToleratedFailureCountPath'],
    ['ToleratedFailurePercentage', 'ToleratedFailurePercentagePath'],
  ],
  mock: 'needed',
  mockProblem(raw, result) {
    // With a ResultWriter the result tells where the results have been written to.
    if (raw.ResultWriter !== undefined) return isObject(result) ? undefined : 'Mocked result must be a JSON object.';
    return Array.isArray(result) ? undefined : 'Mocked result must be an array.';
  },
  inspected: () => [
    'afterInputPath',
    'afterItemsPath',
    'afterItemSelector',
    'afterItemBatcher',
    'afterResultSelector',
    'afterResultPath',
  ],
  abortable: true,
  counted: true,
  parts: (raw) => [{ name: 'item', machine: processor(raw) }],
  inner: (raw) => [
    raw.ItemProcessor === undefined
      ? { machine: raw.Iterator, at: '/Iterator' }
      : { machine: raw.ItemProcessor, at: '/ItemProcessor' },
  ],
  begin(run, frame, state) {
    const scope = run.scope(frame, state);
    const input = state.query.input(scope);
    const found = itemsOf(run, frame, state, input);
    const wanted = wantedConcurrency(run, frame, state, input);
    // Of items that are still to be read AWS does not tell how many there are.
    const started = run.emit(frame, STARTED, found?.length ?? 0);
    const source = found ? undefined : itemSource(run, frame, state, input);
    const tolerate = isDistributed(state) ? toleration(run, frame, state, input) : undefined;
    const limit = concurrencyLimit(state, wanted);
    frame.join = { results: [], left: 0, items: [], next: 0, wanted, limit, failed: 0, started };
    if (tolerate) frame.join.tolerate = tolerate;
    if (found) prepareItems(run, frame, state, input, found);
    if (isDistributed(state)) beginMapRun(run, frame, state);
    if (source) askForItems(run, frame, state, source);
    else openItems(run, frame, state);
  },
  partDone(run, frame, state, part, output) {
    keepResult(run, frame, part, output);
    childSucceeded(run, part, output);
    iterationEnded(run, frame, state, part, 'Succeeded');
  },
  partFailed(run, frame, state, part, failure) {
    const join = frame.join as Join;
    join.failed = (join.failed ?? 0) + 1;
    if (!isDistributed(state)) {
      frame.last = part.last;
      run.write(frame, ITERATION.Failed, frame.last, state, part.slot as number);
      abortParts(run, frame, part, (other) =>
        run.write(frame, ITERATION.Aborted, frame.last, state, other.slot as number),
      );
      frame.join = undefined;
      run.fail(frame, failure, { fromPart: true });
      return;
    }
    childFailed(run, part, failure);
    join.failedSlots = [...(join.failedSlots ?? []), part.slot as number];
    if (tolerated(join)) {
      run.touch(part);
      delete run.state.frames[part.id];
      keepResult(run, frame, part, { Error: failure.error ?? null, Cause: failure.cause ?? null });
      iterationEnded(run, frame, state, part, 'Failed');
    } else exceed(run, frame, part);
  },
  failed(run, frame) {
    run.emit(frame, FAILED);
  },
  answered(run, frame, state, results, last = frame.last) {
    const io = frame.join?.io;
    delete frame.join?.io;
    frame.task = undefined;
    if (io === 'read') {
      const scope = run.scope(frame, state);
      prepareItems(run, frame, state, state.query.input(scope), results as Json[]);
      tellMapRun(run, frame, 'RUNNING');
      openItems(run, frame, state);
      return;
    }
    if (io === 'write') {
      mapSucceeded(run, frame, state, results as JsonObject);
      return;
    }
    endJoin(run, frame);
    run.leave(frame, state, results, last);
  },
  callFailed(run, frame) {
    tellMapRun(run, frame, 'FAILED');
    endJoin(run, frame);
  },
  partsFailed(_run, frame, _state, failures) {
    const join = frame.join as Join;
    join.failed = failures;
    if (join.tolerate && Object.keys(join.tolerate).length > 0 && !tolerated(join)) throw new StateFailure(EXCEEDED);
  },
  changed(run, frame, state) {
    const join = frame.join as Join;
    join.limit = concurrencyLimit(state, join.wanted ?? 0);
    openMore(run, frame, state, 0);
    tellMapRun(run, frame, 'RUNNING');
  },
  stopped(run, frame) {
    if (!frame.join?.mapRun) return;
    tellMapRun(run, frame, 'ABORTED');
    for (const part of Object.values(run.state.frames)) if (part.parent === frame.id) childAborted(run, part);
  },
  redriven(run, frame) {
    const join = frame.join as Join;
    if (!join.mapRun) return;
    const { mapRun } = join;
    mapRun.redrives = (mapRun.redrives ?? 0) + 1;
    mapRun.redriven = run.now;
    // The part whose failure was one too many has been brought back itself; failures put up with run again, too.
    const restored = new Set<number | undefined>();
    for (const part of Object.values(run.state.frames)) {
      if (part.parent !== frame.id) continue;
      restored.add(part.slot);
      if (part.child) run.child(part).again = true;
    }
    const again = (join.failedSlots ?? []).filter((slot) => !restored.has(slot));
    join.failed = 0;
    delete join.failedSlots;
    if (again.length > 0) {
      join.again = again;
      join.left += again.length;
    }
    const details = { mapRunArn: mapRun.arn, redriveCount: mapRun.redrives };
    run.emit(frame, told('MapRunRedriven', details));
    tellMapRun(run, frame, 'RUNNING');
  },
});

function keepResult(run: Run, frame: Frame, part: Frame, result: Json): void {
  const join = frame.join as Join;
  join.results[part.slot as number] = result;
  if (join.mapRun) run.changeParts().result(frame, part.slot as number);
}

/** It has no parts any more. */
function endJoin(run: Run, frame: Frame): void {
  if (frame.join?.mapRun) run.changeParts().joins.add(frame.id);
  frame.join = undefined;
}

/** Selects from the items and puts them into batches, as far as that is asked for. */
function prepareItems(run: Run, frame: Frame, state: State, input: Json, found: Json[]): void {
  const join = frame.join as Join;
  const batched = isObject(state.raw.ItemBatcher);
  const select = (value: Json, index: number) =>
    state.query.item(run.scope(frame, state, { index, value }), input, value);
  // What is put into batches is what ItemSelector makes of each item; otherwise it is asked when an iteration begins.
  const selected = batched || run.watch ? found.map(select) : found;
  const items = batched ? batchItems(run, frame, state, input, selected) : found;
  if (state.raw.ItemSelector !== undefined) run.watch?.stage('afterItemSelector', selected);
  if (batched) run.watch?.stage('afterItemBatcher', items);
  else join.selected = input;
  join.items = items;
  join.left = items.length;
  if (isDistributed(state)) run.changeParts().joins.add(frame.id);
}

function openItems(run: Run, frame: Frame, state: State): void {
  const join = frame.join as Join;
  frame.mode = 'children';
  if (join.left === 0) finishMap(run, frame, state);
  else openMore(run, frame, state, join.started as number);
}

/** More failures than are tolerated: the run fails, and what is still under way is stopped. */
function exceed(run: Run, frame: Frame, part: Frame): void {
  tellMapRun(run, frame, 'FAILED');
  for (const other of Object.values(run.state.frames)) {
    if (other.parent === frame.id && other.id !== part.id) childAborted(run, other);
  }
  abortParts(run, frame, part);
  endJoin(run, frame);
  run.emit(frame, told('MapRunFailed', EXCEEDED));
  run.fail(frame, EXCEEDED, { fromPart: true });
}
