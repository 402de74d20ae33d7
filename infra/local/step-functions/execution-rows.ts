/** Executions as rows: which of them an ARN means. */
import { AwsError } from '../time-source.ts';
import { checkArn } from './arn.ts';
import type { Row } from './database.ts';
import { childRow } from './map-runs.ts';
import type { Service } from './service.ts';

/**
 * An execution, or a child of a Map Run (then `map_run` names it). Of Express executions there is nothing to ask for but
 * their logs, unless a Map Run has begun them. Throws AwsError.
 */
export function executionRow(service: Service, given: unknown): Row {
  const arn = checkArn(given, ...(isOfMapRun(given) ? ['execution', 'express'] : ['execution']));
  const row = service.db.get('SELECT * FROM executions WHERE arn = ?', arn) ?? childRow(service.db, arn);
  if (!row) throw new AwsError('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
  return row;
}

/** `…:express:<machine>/<label>:<name>` */
function isOfMapRun(arn: unknown): boolean {
  return String(arn).split(':')[6]?.includes('/') ?? false;
}

export function isChild(row: Row): boolean {
  return row.map_run !== undefined;
}
