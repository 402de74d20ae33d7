/**
 * Map. Inline: each item's states are part of this history. Distributed: each item is an execution of its own on AWS;
 * here the items run inside the same document and write no events into it, which is right for as many items as fit into
 * one execution's input. ItemReader and ResultWriter (S3) are not covered.
 */

import { partPath } from '../definition.ts';
import { runtimeFailure, StateFailure } from '../failure.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import type { State } from '../machine.ts';
import type { Run } from '../run.ts';
import type { EventBody } from '../tasks/define-task-family.ts';
import type { Frame, Join } from '../types.ts';
import { type StateKind, WORK_FIELDS } from './define-state-kind.ts';
import { batchItems } from './map-batches.ts';

/** Inline Map runs at most 40 iterations at a time where no limit is given (AWS). */
const INLINE_CONCURRENCY = 40;
/** Distributed Map: 10,000 on AWS; nothing is won here by more at a time. */
const DISTRIBUTED_CONCURRENCY = 10_000;

function processor(raw: JsonObject): JsonObject {
  return (raw.ItemProcessor ?? raw.Iterator) as JsonObject;
}

function isDistributed(state: State): boolean {
  const config = processor(state.raw).ProcessorConfig;
  return isObject(config) && config.Mode === 'DISTRIBUTED';
}

export const map: StateKind = {
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
    const limit = concurrency(run, frame, state, input);
    const started = run.emit(frame, { type: 'MapStateStarted', mapStateStartedEventDetails: { length: found.length } });
    const tolerate = isDistributed(state) ? toleration(run, frame, state, input) : undefined;
    const batched = isObject(state.raw.ItemBatcher);
    const select = (value: Json, index: number) =>
      state.query.item(run.scope(frame, state, { index, value }), input, value);
    // What is put into batches is what ItemSelector makes of each item; otherwise it is asked when an iteration begins.
    const selected = batched || run.watch ? found.map(select) : found;
    const items = batched ? batchItems(run, frame, state, input, selected) : found;
    if (state.raw.ItemSelector !== undefined) run.watch?.stage('afterItemSelector', selected);
    if (batched) run.watch?.stage('afterItemBatcher', items);
    frame.mode = 'children';
    frame.join = { results: [], left: items.length, items, next: 0, limit, failed: 0, started };
    if (!batched) frame.join.selected = input;
    if (tolerate) frame.join.tolerate = tolerate;
    if (isDistributed(state)) {
      const mapRunArn = run.mapRunArn(typeof state.raw.Label === 'string' ? state.raw.Label : undefined);
      frame.join.runStarted = run.emit(frame, { type: 'MapRunStarted', mapRunStartedEventDetails: { mapRunArn } });
    }
    if (items.length === 0) finishMap(run, frame, state);
    else openMore(run, frame, state, started);
  },
  partDone(run, frame, state, part, output) {
    const join = frame.join as Join;
    join.results[part.slot as number] = output;
    iterationEnded(run, frame, state, part, 'Succeeded');
  },
  partFailed(run, frame, state, part, failure) {
    const join = frame.join as Join;
    join.failed = (join.failed ?? 0) + 1;
    if (!isDistributed(state)) {
      frame.last = part.last;
      run.emit(frame, iteration(state, part, 'Failed'), { advance: false });
      run.abortParts(frame, part, (other) => run.emit(frame, iteration(state, other, 'Aborted'), { advance: false }));
      delete frame.join;
      run.fail(frame, failure, { fromPart: true });
      return;
    }
    if (tolerated(join)) {
      join.results[part.slot as number] = failureResult(failure);
      iterationEnded(run, frame, state, part, 'Failed');
      return;
    }
    run.abortParts(frame, part);
    delete frame.join;
    run.emit(frame, { type: 'MapRunFailed', mapRunFailedEventDetails: EXCEEDED });
    run.fail(frame, EXCEEDED, { fromPart: true });
  },
  failed(run, frame) {
    run.emit(frame, { type: 'MapStateFailed' });
  },
  answered(run, frame, state, results) {
    delete frame.join;
    const scope = run.scope(frame, state);
    run.finish(frame, state, state.query.outcome(scope, state.query.input(scope), results), state.next);
  },
  partsFailed(_run, frame, _state, failures) {
    const join = frame.join as Join;
    join.failed = failures;
    if (join.tolerate && Object.keys(join.tolerate).length > 0 && !tolerated(join)) throw new StateFailure(EXCEEDED);
  },
};

const EXCEEDED = {
  error: 'States.ExceedToleratedFailureThreshold',
  cause: 'The specified tolerated failure threshold was exceeded',
};

/** The items as they were found, before they are selected from or put into batches. */
function itemsOf(run: Run, frame: Frame, state: State, input: Json): Json[] {
  if (state.raw.ItemReader === undefined) return state.query.items(run.scope(frame, state), input);
  if (run.watch?.itemsRead) return run.watch.itemsRead;
  throw new StateFailure({ error: 'States.ItemReaderFailed', cause: 'ItemReader is not emulated here.' });
}

function concurrency(run: Run, frame: Frame, state: State, input: Json): number {
  const wanted = state.query.number(run.scope(frame, state), input, 'MaxConcurrency') ?? 0;
  if (wanted < 0) throw runtimeFailure('MaxConcurrency cannot be negative.');
  run.watch?.limit('maxConcurrency', wanted);
  return wanted || (isDistributed(state) ? DISTRIBUTED_CONCURRENCY : INLINE_CONCURRENCY);
}

function toleration(run: Run, frame: Frame, state: State, input: Json): Join['tolerate'] {
  const scope = run.scope(frame, state);
  const count = state.query.number(scope, input, 'ToleratedFailureCount');
  const percentage = state.query.number(scope, input, 'ToleratedFailurePercentage', 'float');
  if (count !== undefined) run.watch?.limit('toleratedFailureCount', count);
  if (percentage !== undefined) run.watch?.limit('toleratedFailurePercentage', percentage);
  if (count !== undefined && count < 0) throw runtimeFailure('ToleratedFailureCount cannot be negative.');
  if (percentage !== undefined && (percentage < 0 || percentage > 100)) {
    throw runtimeFailure('ToleratedFailurePercentage must be between 0 and 100.');
  }
  return { ...(count !== undefined && { count }), ...(percentage !== undefined && { percentage }) };
}

/** With both limits given, the first that is passed counts. */
function tolerated(join: Join): boolean {
  const { count, percentage } = join.tolerate ?? {};
  const failed = join.failed ?? 0;
  if (count === undefined && percentage === undefined) return false;
  if (count !== undefined && failed > count) return false;
  return percentage === undefined || (failed * 100) / (join.items?.length || 1) <= percentage;
}

/** What a tolerated failure leaves in the list of results. */
function failureResult(failure: { error?: string; cause?: string }): Json {
  return { Error: failure.error ?? null, Cause: failure.cause ?? null };
}

function iteration(state: State, part: Frame, how: 'Started' | 'Succeeded' | 'Failed' | 'Aborted'): EventBody {
  const body: EventBody = { type: `MapIteration${how}` };
  body[`mapIteration${how}EventDetails`] = { name: state.name, index: part.slot as number };
  return body;
}

/** Opens iterations up to the limit. `previous` is the event the first of them points to. */
function openMore(run: Run, frame: Frame, state: State, previous: number): void {
  const join = frame.join as Join;
  const items = join.items as Json[];
  const distributed = isDistributed(state);
  const opened: Frame[] = [];
  const ended = items.length - join.left;
  let free = (join.limit as number) - ((join.next as number) - ended);
  while (free-- > 0 && (join.next as number) < items.length) {
    const slot = join.next as number;
    join.next = slot + 1;
    const value = items[slot] as Json;
    const item = { index: slot, value };
    const input =
      join.selected === undefined ? value : state.query.item(run.scope(frame, state, item), join.selected, value);
    const part = run.openPart(frame, {
      path: partPath(state, 'item'),
      slot,
      input,
      last: previous,
      item,
      quiet: distributed,
    });
    if (!distributed) run.emit(part, iteration(state, part, 'Started'));
    opened.push(part);
  }
  run.schedule(opened);
}

function iterationEnded(run: Run, frame: Frame, state: State, part: Frame, how: 'Succeeded' | 'Failed'): void {
  const join = frame.join as Join;
  join.left--;
  if (!isDistributed(state)) {
    frame.last = run.emit(part, iteration(state, part, how), { advance: false });
  }
  if (join.left === 0) finishMap(run, frame, state);
  else openMore(run, frame, state, isDistributed(state) ? 0 : part.last);
}

function finishMap(run: Run, frame: Frame, state: State): void {
  const join = frame.join as Join;
  if (isDistributed(state)) run.emit(frame, { type: 'MapRunSucceeded' });
  run.emit(frame, { type: 'MapStateSucceeded' }, { advance: false });
  state.kind.answered?.(run, frame, state, join.results);
}
