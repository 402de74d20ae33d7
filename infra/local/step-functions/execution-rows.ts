/** Executions as rows: which of them an ARN means. */
import { AwsError } from '../time-source.ts';
import { checkArn } from './arn.ts';
import type { Row } from './database.ts';
import { childRow } from './map-runs.ts';
import type { Service } from './service.ts';

/**
 * An execution, or a child of a Map Run (then `map_run` names it). Express executions can be looked into as well, where
 * AWS has nothing of them but their logs. Throws AwsError.
 */
export function executionRow(service: Service, given: unknown): Row {
  const arn = checkArn(given, 'execution', 'express');
  const row = service.db.get('SELECT * FROM executions WHERE arn = ?', arn) ?? childRow(service.db, arn);
  if (!row) throw new AwsError('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
  return row;
}

export function isChild(row: Row): boolean {
  return row.map_run !== undefined;
}
