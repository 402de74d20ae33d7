/**
 * Runs executions: one transaction per step (several executions' steps may share one), calls made only after the step
 * that asked for them is on disk. Nothing in memory grows with executions that wait; a call that was under way when the
 * process died is made again with the same ticket and token.
 */
import {
  type Effect,
  type ExecutionState,
  type Json,
  nextDue,
  openCalls,
  type StartOptions,
  type StepResult,
  type Stimulus,
  start,
  step,
} from '../../../shared/asl/index.ts';
import { ActivityBoard } from './activity-board.ts';
import { Calls, callOf } from './calls.ts';
import type { Row } from './database.ts';
import { Definitions } from './definitions.ts';
import { finishDeletion, isDeleting } from './deleted-machines.ts';
import { forgetParts, keepParts, readParts } from './execution-parts.ts';
import { logEvents, loggingOf } from './logging.ts';
import { keepMapRuns } from './map-runs.ts';
import { packEvents } from './packed-events.ts';
import { packState, STATE_COLUMNS, unpackState } from './packed-state.ts';
import { stepRow } from './schema.ts';
import type { Service } from './service.ts';
import { statusChange } from './status-change.ts';
import type { Call } from './tasks/define-task.ts';
import { describeForTask } from './tasks/describe-for-task.ts';
import { timeOrderedUuid } from './time-ordered-uuid.ts';

/** Executions kept parsed between steps; others are read again. */
const KEPT_STATES = 4_096;
const FIRE_AT_ONCE = 500;

interface Live {
  id: number;
  state: ExecutionState;
  definition: number;
  /** True for one from an older file: the parts of its distributed Maps have no rows yet. */
  whole: boolean;
  /** Its machine's configuration when it was started. */
  config: string;
}

export interface NewExecution {
  arn: string;
  name: string;
  machineArn: string;
  machineName: string;
  type: string;
  definition: number;
  role: string;
  config: string;
  updated: number;
  versionArn?: string;
  aliasArn?: string;
  input: Json;
  inputText: string;
  synchronous?: boolean;
}

/** The columns `state`, `due` and `calls` of an execution that goes on. */
function openColumns(state: ExecutionState): [state: string, due: number | null, calls: number] {
  let calls = 0;
  for (const frame of Object.values(state.frames)) {
    if (frame.task && frame.mode === 'task' && !frame.task.submitted) calls++;
  }
  return [packState(state), nextDue(state) ?? null, calls];
}

export class Engine {
  private readonly service: Service;
  private readonly live = new Map<string, Live>();
  private readonly calls: Calls;
  readonly activities: ActivityBoard;
  readonly definitions: Definitions;
  private firing = false;
  /** What was due first when the file had had so many changes. */
  private soonest: { changes: number; due: number | undefined } | undefined;
  private closed = false;
  private readonly ended = new Map<string, (() => void)[]>();

  private readonly facts = {
    activityExists: (arn: string) => this.service.db.get('SELECT 1 FROM activities WHERE arn = ?', arn) !== undefined,
  };

  constructor(service: Service) {
    this.service = service;
    this.calls = new Calls(service, (uid, ticket) => this.readCall(uid, ticket));
    this.activities = new ActivityBoard(service);
    this.definitions = new Definitions(service.db);
  }

  // Steps. All of these are called inside a transaction.

  /** Starts an execution; returns its unique id and the moment of its start. */
  begin(execution: NewExecution): { uid: string; started: number } {
    const { db, options } = this.service;
    const now = options.clock.now();
    const uid = timeOrderedUuid(now);
    const begin: StartOptions = {
      id: uid,
      executionArn: execution.arn,
      name: execution.name,
      roleArn: execution.role,
      stateMachineArn: execution.machineArn,
      stateMachineName: execution.machineName,
      input: execution.input,
      inputText: execution.inputText,
      ...(execution.synchronous && { synchronous: true }),
      ...(execution.versionArn && { stateMachineVersionArn: execution.versionArn }),
      ...(execution.aliasArn && { stateMachineAliasArn: execution.aliasArn }),
    };
    const result = start(this.definitions.machine(execution.definition), begin, now, this.facts);
    // What it waits for is written with the row: only one that has ended at once is written twice.
    const open = openColumns(result.state);
    const { id } = db.run(
      `INSERT INTO executions (uid, arn, name, machine, version, alias, definition, role, type, config, updated, status, started, input, state, due, calls)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'RUNNING', ?, ?, ?, ?, ?)`,
      uid,
      execution.arn,
      execution.name,
      execution.machineArn,
      execution.versionArn ?? null,
      execution.aliasArn ?? null,
      execution.definition,
      execution.role,
      execution.type,
      execution.config,
      execution.updated,
      now,
      execution.inputText,
      ...open,
    );
    const live: Live = {
      id,
      state: result.state,
      definition: execution.definition,
      whole: false,
      config: execution.config,
    };
    this.announce(id);
    this.keepParts(live, result);
    this.tellOthers(live, result);
    if (result.state.status === 'RUNNING') this.goOn(live, result);
    else this.end(live, now);
    return { uid, started: now };
  }

  /** Tells an execution what happened. False when nothing waits for it (any more). */
  tell(uid: string, stimulus: Stimulus): boolean {
    const live = this.load(uid);
    if (!live) return false;
    const now = this.service.options.clock.now();
    const machineDeleted = isDeleting(this.service.db, live.state.machine.Id);
    const how = machineDeleted ? { ...this.facts, machineDeleted } : this.facts;
    const result = step(this.definitions.machine(live.definition), live.state, stimulus, now, how);
    if (!result.applied) return false;
    this.save(live, result, now);
    return true;
  }

  /** An execution's document as it is now; not to be changed. */
  peek(uid: string): ExecutionState | undefined {
    return this.load(uid)?.state;
  }

  private load(uid: string): Live | undefined {
    const kept = this.live.get(uid);
    if (kept) return kept;
    const row = this.service.db.get(
      `SELECT id, definition, config, ${STATE_COLUMNS} FROM executions WHERE uid = ?`,
      uid,
    );
    const unpacked = row && unpackState(row);
    if (!unpacked) return undefined;
    const { state, apart } = unpacked;
    if (apart) readParts(this.service.db, row.id as number, state);
    return this.keep(uid, {
      id: row.id as number,
      state,
      whole: !apart && state.nextFrame > 1,
      definition: row.definition as number,
      config: row.config as string,
    });
  }

  private keep(uid: string, live: Live): Live {
    if (this.live.has(uid)) return live;
    this.live.set(uid, live);
    if (this.live.size > KEPT_STATES) this.live.delete(this.live.keys().next().value as string);
    return live;
  }

  private save(live: Live, result: StepResult, now: number): void {
    this.keepParts(live, result);
    this.tellOthers(live, result);
    if (live.state.status !== 'RUNNING') {
      this.end(live, now);
      return;
    }
    const { db } = this.service;
    db.run('UPDATE executions SET state = ?, due = ?, calls = ? WHERE id = ?', ...openColumns(live.state), live.id);
    this.goOn(live, result);
  }

  private keepParts(live: Live, { partChanges }: StepResult): void {
    const { db } = this.service;
    if (live.state.status === 'SUCCEEDED') {
      if (live.state.nextFrame > 1) forgetParts(db, live.id);
    } else if (live.whole || partChanges)
      keepParts(db, live.id, live.state, live.whole ? 'all' : (partChanges ?? 'all'));
    live.whole = false;
  }

  /** Writes what a step tells besides the execution's own row: its history, its Map Runs, its log. */
  private tellOthers(live: Live, result: StepResult): void {
    const { db, committer } = this.service;
    const { state, events } = result;
    if (events.length > 0) {
      db.run(
        'INSERT INTO steps (id, events) VALUES (?, ?)',
        stepRow(live.id, (events[0] as { id: number }).id),
        packEvents(events),
      );
    }
    const { logs } = this.service.options;
    const logging = logs && events.length > 0 ? loggingOf(live.config) : undefined;
    if (logs && logging) {
      const execution = { arn: state.execution.Id, redrives: state.execution.RedriveCount ?? 0 };
      committer.after(() => logEvents(logs, logging, execution, events));
    }
    const { partChanges } = result;
    if (partChanges) keepMapRuns(db, state.id, state.execution.RoleArn, partChanges);
  }

  private goOn(live: Live, { state, effects }: StepResult): void {
    this.keep(state.id, live);
    if (effects.length > 0) this.service.committer.after(() => this.handOut(live, effects));
  }

  private end(live: Live, now: number): void {
    const { db, committer } = this.service;
    const { state } = live;
    this.live.delete(state.id);
    db.run(
      `UPDATE executions SET status = ?, stopped = ?, output = ?, error = ?, cause = ?, state = ?, due = NULL, calls = 0 WHERE id = ?`,
      state.status,
      now,
      state.status === 'SUCCEEDED' ? JSON.stringify(state.output) : null,
      state.error ?? null,
      state.cause ?? null,
      state.status === 'SUCCEEDED' ? null : packState(state),
      live.id,
    );
    finishDeletion(db, state.machine.Id);
    this.announce(live.id);
    this.endedFor(state.execution.Id);
    committer.after(() => {
      for (const wake of this.ended.get(state.id) ?? []) wake();
      this.ended.delete(state.id);
    });
  }

  /** Those who wait for this execution's end (`.sync`) hear of it in the same transaction. */
  private endedFor(arn: string): void {
    const { db } = this.service;
    if (!db.recall('waiters', 'SELECT 1 FROM waiters LIMIT 1')) return;
    for (const waiter of db.all('SELECT uid, ticket FROM waiters WHERE execution = ?', arn)) {
      db.run(
        'DELETE FROM waiters WHERE execution = ? AND uid = ? AND ticket = ?',
        arn,
        waiter.uid as string,
        waiter.ticket as number,
      );
      this.answerWaiter(arn, waiter.uid as string, waiter.ticket as number);
    }
  }

  private answerWaiter(arn: string, uid: string, ticket: number): void {
    const live = this.load(uid);
    const frame = Object.values(live?.state.frames ?? {}).find((f) => f.task?.ticket === ticket);
    const row = this.service.db.get('SELECT * FROM executions WHERE arn = ?', arn);
    if (!frame?.task || !row) return;
    const parsed = frame.task.resource.action?.endsWith(':2') ?? false;
    const answer = describeForTask(row, parsed, this.service.options.clock.now());
    this.tell(
      uid,
      row.status === 'SUCCEEDED'
        ? { kind: 'taskSucceeded', ticket, output: answer }
        : { kind: 'taskFailed', ticket, error: 'States.TaskFailed', cause: JSON.stringify(answer) },
    );
  }

  /** Lets `uid`'s task wait for the end of another execution (which may have ended already). */
  waitFor(arn: string, uid: string, ticket: number, submitted: Json): void {
    const { db } = this.service;
    this.tell(uid, { kind: 'taskSubmitted', ticket, output: submitted });
    const row = db.get('SELECT status FROM executions WHERE arn = ?', arn);
    if (row?.status === 'RUNNING')
      db.run('INSERT OR IGNORE INTO waiters (execution, uid, ticket) VALUES (?, ?, ?)', arn, uid, ticket);
    else this.answerWaiter(arn, uid, ticket);
  }

  private announce(id: number): void {
    const { db, committer, options } = this.service;
    if (!options.onStatusChange) return;
    const row = db.get('SELECT * FROM executions WHERE id = ?', id) as Row;
    const change = statusChange(row, options.clock.now());
    committer.after(() => options.onStatusChange?.(change));
  }

  /** Resolves when the execution has ended. */
  whenEnded(uid: string): Promise<void> {
    return new Promise((resolve) => {
      const row = this.service.db.get('SELECT status FROM executions WHERE uid = ?', uid);
      if (row?.status !== 'RUNNING') resolve();
      else this.ended.set(uid, [...(this.ended.get(uid) ?? []), resolve]);
    });
  }

  private handOut(live: Live, effects: readonly Effect[]): void {
    for (const effect of effects) {
      if (effect.resource.family === 'activity') this.activities.offer(live.state.id, effect);
      else this.calls.add(callOf(live.state, effect));
    }
    this.calls.pump();
  }

  private readCall(uid: string, ticket: number): Call | undefined {
    const live = this.load(uid);
    const [effect] = live ? openCalls(live.state, ticket) : [];
    return live && effect && callOf(live.state, effect);
  }

  // Time

  nextDue(): number | undefined {
    if (this.firing) return undefined;
    const { db } = this.service;
    // The clock asks many times for each change.
    const changes = db.changesOf('executions');
    if (this.soonest?.changes !== changes) {
      const row = db.get('SELECT due FROM executions WHERE due IS NOT NULL ORDER BY due LIMIT 1');
      this.soonest = { changes, due: row ? (row.due as number) : undefined };
    }
    return this.soonest.due;
  }

  async fireDue(now: number): Promise<void> {
    const { db, committer } = this.service;
    committer.flush();
    this.firing = true;
    try {
      for (;;) {
        if (this.closed) return;
        const rows = db.all('SELECT uid FROM executions WHERE due <= ? ORDER BY due, id LIMIT ?', now, FIRE_AT_ONCE);
        if (rows.length === 0) return;
        const fired = rows.map((row) => committer.submit(() => this.tell(row.uid as string, { kind: 'time' })));
        committer.flush();
        const moved = await Promise.all(fired);
        if (!moved.some(Boolean)) throw new Error('Executions that were due did not move');
      }
    } finally {
      this.firing = false;
    }
  }

  /** A task that polls for an activity's work may do so for long: time need not wait for it. */
  get busy(): boolean {
    return this.calls.busy(this.activities.polling) || this.service.committer.busy;
  }

  /** After a start of the process: the calls that had not been answered are made again. */
  resume(): void {
    const rows = this.service.db.all('SELECT uid FROM executions WHERE calls > 0 ORDER BY id');
    for (const row of rows) {
      const live = this.load(row.uid as string);
      if (live) this.handOut(live, openCalls(live.state));
    }
  }

  /** What is kept in memory may be wrong: read it again. */
  forget(): void {
    this.live.clear();
  }

  close(): void {
    this.closed = true;
    this.calls.close();
  }
}
