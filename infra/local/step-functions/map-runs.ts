/**
 * Map Runs and their children, as rows. The children's work is part of the execution that holds the Map (its document
 * drives them); what became of them is kept here, so that each can be described, listed and looked into like any
 * execution. Written in the transaction of the step that tells of them.
 */
import type { ChildFacts, MapRunFacts, PartChanges } from '../../../shared/asl/index.ts';
import type { Database, Row } from './database.ts';
import { packEvents } from './packed-events.ts';

/** `uid`: the execution whose document holds them. */
export function keepMapRuns(db: Database, uid: string, role: string, changes: PartChanges): void {
  for (const run of changes.mapRuns.values()) keepRun(db, uid, run);
  for (const child of changes.children.values()) keepChild(db, uid, role, child);
}

function keepRun(db: Database, uid: string, run: MapRunFacts): void {
  db.run(
    `INSERT INTO map_runs (arn, execution, started, stopped, status, detail) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET stopped = excluded.stopped, status = excluded.status, detail = excluded.detail`,
    run.arn,
    uid,
    run.started,
    run.stopped ?? null,
    run.status,
    JSON.stringify(run),
  );
}

function keepChild(db: Database, uid: string, role: string, child: ChildFacts): void {
  const { begun, ended } = child;
  if (begun) {
    db.run(
      `INSERT OR IGNORE INTO map_children (arn, uid, map_run, name, machine, type, definition, role, status, started, input, items)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'RUNNING', ?, ?, ?)`,
      child.arn,
      uid,
      begun.mapRunArn,
      begun.name,
      begun.machineArn,
      begun.type,
      JSON.stringify(begun.definition),
      role,
      begun.started,
      begun.input,
      begun.items,
    );
  }
  if (child.again) {
    db.run(
      "UPDATE map_children SET status = 'RUNNING', stopped = NULL, error = NULL, cause = NULL, redrives = redrives + 1 WHERE arn = ?",
      child.arn,
    );
  }
  const { events, first } = child.journal;
  if (events.length > 0) {
    db.run(
      'INSERT INTO map_child_history (child, first, events) VALUES (?, ?, ?)',
      child.arn,
      first,
      packEvents(events),
    );
  }
  if (ended) {
    db.run(
      'UPDATE map_children SET status = ?, stopped = ?, output = ?, error = ?, cause = ? WHERE arn = ?',
      ended.status,
      ended.stopped,
      ended.output ?? null,
      ended.error ?? null,
      ended.cause ?? null,
      child.arn,
    );
  }
}

/** A child as a row that reads like an execution's. Undefined when there is none of that ARN. */
export function childRow(db: Database, arn: string): Row | undefined {
  return db.get('SELECT *, NULL AS version, NULL AS alias, NULL AS redriven FROM map_children WHERE arn = ?', arn);
}
