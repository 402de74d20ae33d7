/**
 * The tables. An execution is one row: what it waits for is in `state` (the interpreter's document), `due` says when it
 * wants time, `calls` how many handed-out calls are unanswered. Histories are rows of several events each, one per step
 * (packed-events.ts; parts of distributed Maps: execution-parts.ts); the row's number tells whose it is and where it stands, so that one tree holds all (stepRow).
 */
export const SCHEMA = `
CREATE TABLE IF NOT EXISTS definitions (id INTEGER PRIMARY KEY, hash TEXT NOT NULL UNIQUE, text TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS machines (
  arn TEXT PRIMARY KEY, name TEXT NOT NULL, type TEXT NOT NULL, definition INTEGER NOT NULL, role TEXT NOT NULL,
  created INTEGER NOT NULL, updated INTEGER NOT NULL, revision TEXT, next_version INTEGER NOT NULL DEFAULT 1,
  config TEXT NOT NULL, deleting INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS versions (
  machine TEXT NOT NULL, number INTEGER NOT NULL, definition INTEGER NOT NULL, role TEXT NOT NULL,
  revision TEXT, description TEXT, created INTEGER NOT NULL, config TEXT NOT NULL, PRIMARY KEY (machine, number)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS aliases (
  machine TEXT NOT NULL, name TEXT NOT NULL, description TEXT, routing TEXT NOT NULL,
  created INTEGER NOT NULL, updated INTEGER NOT NULL, PRIMARY KEY (machine, name)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS tags (arn TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (arn, key)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS executions (
  id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, arn TEXT NOT NULL UNIQUE, name TEXT NOT NULL,
  machine TEXT NOT NULL, version TEXT, alias TEXT, definition INTEGER NOT NULL, role TEXT NOT NULL, type TEXT NOT NULL,
  config TEXT, updated INTEGER,
  status TEXT NOT NULL, started INTEGER NOT NULL, stopped INTEGER, input TEXT NOT NULL, output TEXT, error TEXT, cause TEXT,
  redrives INTEGER NOT NULL DEFAULT 0, redriven INTEGER, state TEXT, due INTEGER, calls INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX IF NOT EXISTS executions_due ON executions (due) WHERE due IS NOT NULL;
CREATE INDEX IF NOT EXISTS executions_calls ON executions (id) WHERE calls > 0;
CREATE INDEX IF NOT EXISTS executions_by_machine ON executions (machine, started DESC, id DESC);
CREATE TABLE IF NOT EXISTS execution_parts (
  execution INTEGER NOT NULL, frame INTEGER NOT NULL, kind TEXT NOT NULL, slot INTEGER NOT NULL, value TEXT NOT NULL,
  PRIMARY KEY (execution, frame, kind, slot)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS steps (id INTEGER PRIMARY KEY, events TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS activities (arn TEXT PRIMARY KEY, name TEXT NOT NULL, created INTEGER NOT NULL, encryption TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS activity_tasks (
  id INTEGER PRIMARY KEY, activity TEXT NOT NULL, uid TEXT NOT NULL, ticket INTEGER NOT NULL, input TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS activity_tasks_by_activity ON activity_tasks (activity, id);
CREATE TABLE IF NOT EXISTS waiters (execution TEXT NOT NULL, uid TEXT NOT NULL, ticket INTEGER NOT NULL, PRIMARY KEY (execution, uid, ticket)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS map_runs (
  arn TEXT PRIMARY KEY, execution TEXT NOT NULL, started INTEGER NOT NULL, stopped INTEGER, status TEXT NOT NULL, detail TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS map_runs_by_execution ON map_runs (execution, started);
CREATE TABLE IF NOT EXISTS map_children (
  id INTEGER PRIMARY KEY, arn TEXT NOT NULL UNIQUE, uid TEXT NOT NULL, map_run TEXT NOT NULL, name TEXT NOT NULL,
  machine TEXT NOT NULL, type TEXT NOT NULL, definition TEXT NOT NULL, role TEXT NOT NULL, status TEXT NOT NULL,
  started INTEGER NOT NULL, stopped INTEGER, input TEXT NOT NULL, output TEXT, error TEXT, cause TEXT,
  items INTEGER NOT NULL, redrives INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX IF NOT EXISTS map_children_by_run ON map_children (map_run, started DESC, id DESC);
CREATE TABLE IF NOT EXISTS map_child_history (child TEXT NOT NULL, first INTEGER NOT NULL, events TEXT NOT NULL, PRIMARY KEY (child, first)) WITHOUT ROWID;
`;

/** More events than an execution may have (25,000). */
const STEP_ROOM = 32_768;

/** The number of the row that holds an execution's events from `first` on. */
export function stepRow(execution: number, first: number): number {
  return execution * STEP_ROOM + first;
}

/** Files of before had no machines that were being deleted. */
export const ADD_DELETING = 'ALTER TABLE machines ADD COLUMN deleting INTEGER NOT NULL DEFAULT 0';

/** Nor had their activities keys. */
export const ADD_ENCRYPTION = 'ALTER TABLE activities ADD COLUMN encryption TEXT';

/** Files of before had histories in a table with an index of its own. */
export const MOVE_HISTORY = `
INSERT INTO steps (id, events) SELECT execution * ${STEP_ROOM} + first, events FROM history;
DROP TABLE history;
`;
