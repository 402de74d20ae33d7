/**
 * The run of a distributed Map, and its children. On AWS each item (or batch) is worked on by an execution of its own,
 * which has its own history and can be described and listed by its Map Run. Here they run inside the document of the
 * execution that holds the Map, and what they do is told as facts with the step's results.
 */
import { type EventForm, NOT_TRUNCATED, told } from '../../journal.ts';
import type { Json } from '../../json.ts';
import type { State } from '../../machine.ts';
import { randomOf, randomUuid } from '../../random.ts';
import type { Run } from '../../run.ts';
import type { ExecutionStatus, Frame, Join, MapRunCounts, MapRunFacts } from '../../types.ts';
import { processor } from './settings.ts';

type Plain = { error?: string; cause?: string };

/** Names the run and writes that it has begun. */
export function beginMapRun(run: Run, frame: Frame, state: State): void {
  const join = frame.join as Join;
  const uuid = () => randomUuid(randomOf(run.state));
  const [, , , , , , name = ''] = run.state.machine.Id.split(':');
  const label = typeof state.raw.Label === 'string' ? state.raw.Label : uuid();
  const place = run.state.machine.Id.split(':').slice(0, 5).join(':');
  const arn = `${place}:mapRun:${name}/${label}:${uuid()}`;
  const config = processor(state.raw).ProcessorConfig as { ExecutionType?: string };
  const express = config.ExecutionType === 'EXPRESS';
  join.mapRun = { arn, label, started: run.now, ...(express && { express }) };
  join.runStarted = run.emit(frame, told('MapRunStarted', { mapRunArn: arn }));
  tellMapRun(run, frame, 'RUNNING');
}

/** How many items one part works on. */
function itemCount(join: Join, slot: number): number {
  const value = join.items?.[slot];
  const batch = join.selected === undefined && typeof value === 'object' && value !== null ? value : undefined;
  const items = batch && !Array.isArray(batch) ? batch.Items : undefined;
  return Array.isArray(items) ? items.length : 1;
}

type Counts = Pick<MapRunFacts, 'itemCounts' | 'executionCounts'>;

const NONE: MapRunCounts = {
  pending: 0,
  running: 0,
  succeeded: 0,
  failed: 0,
  timedOut: 0,
  aborted: 0,
  total: 0,
  resultsWritten: 0,
  failuresNotRedrivable: 0,
  pendingRedrive: 0,
};

const isBatched = (join: Join) => join.selected === undefined;

/** While it runs, one item a part: told after every item, so nothing is counted. */
function quickCounts(join: Join): Counts {
  const total = join.items?.length ?? 0;
  const begun = (join.next as number) - (join.again?.length ?? 0);
  const running = begun - (total - join.left);
  const failed = join.failedSlots?.length ?? 0;
  const counts = { ...NONE, pending: total - begun, running, succeeded: begun - running - failed, failed, total };
  return { itemCounts: counts, executionCounts: counts };
}

function slowCounts(run: Run, frame: Frame, status: MapRunFacts['status']): Counts {
  const join = frame.join as Join;
  const slots = Array.from(join.items ?? [], (_, slot) => slot);
  const failed = new Set(join.failedSlots);
  const open = new Set<number>();
  for (const part of Object.values(run.state.frames)) if (part.parent === frame.id) open.add(part.slot as number);
  const again = new Set(join.again);
  const begun = (slot: number) => slot < (join.next as number) && !again.has(slot);
  const ended = status !== 'RUNNING';
  const count = (weigh: (slot: number) => number): MapRunCounts => {
    const sum = (which: (slot: number) => boolean) =>
      slots.filter(which).reduce((total, slot) => total + weigh(slot), 0);
    return {
      ...NONE,
      pending: ended ? 0 : sum((slot) => !begun(slot)),
      running: ended ? 0 : sum((slot) => open.has(slot)),
      succeeded: sum((slot) => begun(slot) && !open.has(slot) && !failed.has(slot)),
      failed: sum((slot) => failed.has(slot)),
      aborted: ended ? sum((slot) => open.has(slot) || !begun(slot)) : 0,
      total: sum(() => true),
      // Also of results that go into the state's output (as recorded).
      resultsWritten: status === 'SUCCEEDED' ? sum((slot) => begun(slot)) : 0,
    };
  };
  return { itemCounts: count((slot) => itemCount(join, slot)), executionCounts: count(() => 1) };
}

/** Tells how the run stands. */
export function tellMapRun(run: Run, frame: Frame, status: MapRunFacts['status']): void {
  const join = frame.join as Join;
  if (!join.mapRun) return;
  const { arn, label, started, redrives = 0, redriven } = join.mapRun;
  const ended = status !== 'RUNNING';
  const counts = ended || isBatched(join) ? slowCounts(run, frame, status) : quickCounts(join);
  run.changeParts().mapRuns.set(arn, {
    arn,
    executionArn: run.executionArn(frame),
    label,
    status,
    started,
    ...(ended && { stopped: run.now }),
    maxConcurrency: join.wanted ?? 0,
    toleratedFailureCount: join.tolerate?.count ?? 0,
    toleratedFailurePercentage: join.tolerate?.percentage ?? 0,
    ...counts,
    redriveCount: redrives,
    ...(redriven !== undefined && { redriven }),
  });
}

/** Gives an item's part the identity of an execution of its own, and begins its history. */
export function beginChild(run: Run, frame: Frame, state: State, part: Frame): void {
  const { mapRun } = frame.join as Join;
  if (!mapRun) return;
  const name = randomUuid(randomOf(run.state));
  const [, , , , , , machine = ''] = run.state.machine.Id.split(':');
  const place = run.state.machine.Id.split(':').slice(0, 5).join(':');
  const kind = mapRun.express ? 'express' : 'execution';
  part.child = {
    arn: `${place}:${kind}:${machine}/${mapRun.label}:${name}`,
    machineArn: `${run.state.machine.Id}/${mapRun.label}`,
    machineName: `${machine}/${mapRun.label}`,
    name,
    started: run.now,
    input: part.input,
  };
  run.child(part).begun = {
    name,
    machineArn: part.child.machineArn,
    mapRunArn: mapRun.arn,
    type: mapRun.express ? 'EXPRESS' : 'STANDARD',
    definition: processor(state.raw),
    started: run.now,
    input: JSON.stringify(part.input),
    items: itemCount(frame.join as Join, part.slot as number),
  };
  const details = {
    input: JSON.stringify(part.input),
    inputDetails: NOT_TRUNCATED,
    roleArn: run.state.execution.RoleArn,
  };
  run.writeChild(part, told('ExecutionStarted', details), 0);
  // The first state entered points to nothing, not to the start (as in every history).
  part.last = 0;
}

export function childSucceeded(run: Run, part: Frame, output: Json): void {
  if (!part.child) return;
  const text = JSON.stringify(output);
  const details = { output: text, outputDetails: NOT_TRUNCATED };
  run.writeChild(part, told('ExecutionSucceeded', details), part.last);
  run.child(part).ended = { status: 'SUCCEEDED', stopped: run.now, output: text };
}

export function childFailed(run: Run, part: Frame, { error, cause }: Plain): void {
  const plain = { ...(error !== undefined && { error }), ...(cause !== undefined && { cause }) };
  endChild(run, part, 'FAILED', told('ExecutionFailed', plain), plain);
}

export function childAborted(run: Run, part: Frame): void {
  endChild(run, part, 'ABORTED', told('ExecutionAborted', {}), {}, 0);
}

function endChild(
  run: Run,
  part: Frame,
  status: ExecutionStatus,
  form: EventForm,
  plain: Plain,
  previous = part.last,
): void {
  if (!part.child) return;
  run.writeChild(part, form, previous);
  run.child(part).ended = { status, stopped: run.now, ...plain };
}
