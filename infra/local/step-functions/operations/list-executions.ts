/** ListExecutions: of a machine (or one of its versions or aliases), or of a Map Run. */
import { AwsError } from '../../time-source.ts';
import { checkArn } from '../arn.ts';
import { invalid, optional, page, pageSize, readToken, seconds, validationError } from '../check.ts';
import type { Row } from '../database.ts';
import { resolveMachine } from '../machine-rows.ts';
import type { Service } from '../service.ts';
import type { Operation } from './define-operation.ts';
import { mapRunFacts } from './map-runs.ts';

type Value = string | number;

/** Where to look, and for what. */
interface Search {
  table: 'executions' | 'map_children';
  conditions: string[];
  values: Value[];
}

function inMachine(service: Service, given: unknown): Search {
  const arn = checkArn(given, 'stateMachine');
  const { machine, version, alias } = resolveMachine(service, arn, () => 0);
  if (machine.type !== 'STANDARD')
    throw new AwsError('StateMachineTypeNotSupported', 'This operation is not supported by this type of state machine');
  const search: Search = { table: 'executions', conditions: ['machine = ?'], values: [machine.arn as string] };
  if (alias) add(search, 'alias = ?', arn);
  else if (version) add(search, 'version = ?', arn);
  return search;
}

function add(search: Search, condition: string, ...values: Value[]): void {
  search.conditions.push(condition);
  search.values.push(...values);
}

export const listExecutions: Operation = (body, service) => {
  const size = pageSize(body);
  const status = optional(body, 'statusFilter');
  const redrive = optional(body, 'redriveFilter');
  const mapRunArn = optional(body, 'mapRunArn');
  const ofMachine = body.stateMachineArn != null;
  if (ofMachine === (mapRunArn !== undefined)) {
    if (ofMachine) throw invalid('Only one of stateMachineArn and mapRunArn can be specified');
    throw validationError('Must provide a StateMachine ARN or MapRun ARN');
  }
  if (status === 'PENDING_REDRIVE' && ofMachine)
    throw invalid('The statusFilter PENDING_REDRIVE is only supported with a mapRunArn');
  const token = readToken(body);
  const search =
    mapRunArn === undefined
      ? inMachine(service, body.stateMachineArn)
      : {
          table: 'map_children' as const,
          conditions: ['map_run = ?'],
          values: [mapRunFacts(service, mapRunArn).arn] as Value[],
        };
  if (status) add(search, 'status = ?', status);
  if (redrive) add(search, redrive === 'REDRIVEN' ? 'redrives > 0' : 'redrives = 0');
  const [started, id] = token?.split(':').map(Number) ?? [];
  if (started !== undefined) add(search, '(started < ? OR (started = ? AND id < ?))', started, started, id as number);
  const rows = service.db.all(
    `SELECT * FROM ${search.table} WHERE ${search.conditions.join(' AND ')} ORDER BY started DESC, id DESC LIMIT ?`,
    ...search.values,
    size + 1,
  );
  const shown = page(rows, size, (row) => `${row.started}:${row.id}`);
  return {
    executions: shown.rows.map(listed),
    ...(shown.nextToken && { nextToken: shown.nextToken }),
  };
};

/** Columns that a child of a Map Run has, or has not, are told or left out. */
function listed(row: Row): Record<string, unknown> {
  return {
    executionArn: row.arn,
    stateMachineArn: row.machine,
    name: row.name,
    status: row.status,
    startDate: seconds(row.started as number),
    ...(row.stopped !== null && { stopDate: seconds(row.stopped as number) }),
    redriveCount: row.redrives,
    ...(row.map_run != null && { mapRunArn: row.map_run, itemCount: row.items }),
    ...(row.redriven != null && { redriveDate: seconds(row.redriven as number) }),
    ...(row.version != null && { stateMachineVersionArn: row.version }),
    ...(row.alias != null && { stateMachineAliasArn: row.alias }),
  };
}
