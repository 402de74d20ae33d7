/**
 * Machines that are deleted while executions of them run. AWS keeps such a machine as DELETING, starts nothing of it any
 * more, and ends each execution with its next transition ("State machine … has been deleted."); with the last one it is gone.
 */
import { AwsError } from '../time-source.ts';
import type { Database, Row } from './database.ts';

/** Throws StateMachineDeleting. */
export function refuseDeleting(machine: Row): void {
  if (machine.deleting)
    throw new AwsError('StateMachineDeleting', `State Machine is being deleted: '${machine.arn as string}'`);
}

/** Asked before every step: mostly, no machine is being deleted. */
export function isDeleting(db: Database, arn: string): boolean {
  if (!db.recall('machines', 'SELECT 1 FROM machines WHERE deleting = 1 LIMIT 1')) return false;
  return db.recall('machines', 'SELECT 1 FROM machines WHERE arn = ? AND deleting = 1', arn) !== undefined;
}

/** Deletes a machine, its versions and its aliases. Deleting what is not there is no error on AWS. */
export function deleteMachine(db: Database, arn: string): void {
  db.run('DELETE FROM aliases WHERE machine = ?', arn);
  db.run('DELETE FROM versions WHERE machine = ?', arn);
  db.run('UPDATE machines SET deleting = 1 WHERE arn = ?', arn);
  finishDeletion(db, arn);
}

/** Takes out a machine that is being deleted, if nothing of it runs any more. */
export function finishDeletion(db: Database, arn: string): void {
  if (!isDeleting(db, arn)) return;
  if (db.get("SELECT 1 FROM executions WHERE machine = ? AND status = 'RUNNING' LIMIT 1", arn)) return;
  db.run('DELETE FROM machines WHERE arn = ?', arn);
  db.run('DELETE FROM tags WHERE arn = ?', arn);
}
