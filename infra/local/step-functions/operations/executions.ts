/** Starting, describing, listing, stopping and redriving executions. */
import { randomInt, randomUUID } from 'node:crypto';
import { exceedsPayloadLimit, type HistoryEvent, type Json } from '../../../../shared/asl/index.ts';
import { AwsError } from '../../time-source.ts';
import { checkArn, executionArn } from '../arn.ts';
import { checkName, optional, page, pageSize, readToken, seconds } from '../check.ts';
import type { Row } from '../database.ts';
import { type Resolved, resolveMachine } from '../machine-rows.ts';
import type { Service } from '../service.ts';
import { redriveStatus } from '../status-change.ts';
import type { Operation } from './define-operation.ts';
import { describeDefinition } from './describe-definition.ts';

/** A closed execution's name may be used again after this long (AWS: 90 days). */
const NAME_KEPT_MS = 90 * 86_400_000;
/** RedriveExecution is possible for this long after the end (AWS: 14 days). */
const REDRIVE_MS = 14 * 86_400_000;

export function executionRow(service: Service, arn: unknown): Row {
  const text = checkArn(arn, 'execution', 'express');
  const row = service.db.get('SELECT * FROM executions WHERE arn = ?', text);
  if (!row) throw new AwsError('ExecutionDoesNotExist', `Execution Does Not Exist: '${text}'`);
  return row;
}

function readInput(body: Record<string, unknown>): { text: string; value: Json } {
  const text = optional(body, 'input') ?? '{}';
  if (exceedsPayloadLimit(text)) {
    throw new AwsError(
      'ValidationException',
      `1 validation error detected: Value at 'input' failed to satisfy constraint: Member must have length less than or equal to 262144`,
    );
  }
  try {
    return { text, value: JSON.parse(text) as Json };
  } catch (error) {
    throw new AwsError('InvalidExecutionInput', `Invalid State Machine Execution Input: '${(error as Error).message}'`);
  }
}

/** Starts an execution of what an ARN resolved to. Used by StartExecution, StartSyncExecution and nested starts. */
export function beginExecution(
  service: Service,
  body: Record<string, unknown>,
  how: { synchronous?: boolean } = {},
): { arn: string; started: number; uid: string } {
  const resolved: Resolved = resolveMachine(service, body.stateMachineArn, () => randomInt(100));
  const { machine } = resolved;
  const name = checkName(optional(body, 'name') ?? randomUUID());
  const input = readInput(body);
  const machineArn = machine.arn as string;
  const type = machine.type as string;
  const arn =
    type === 'STANDARD'
      ? executionArn(machineArn, name)
      : `${executionArn(machineArn, name).replace(':execution:', ':express:')}:${randomUUID()}`;
  const existing = service.db.get('SELECT * FROM executions WHERE arn = ?', arn);
  if (existing) {
    if (existing.status === 'RUNNING' && existing.input === input.text) {
      return { arn, started: existing.started as number, uid: existing.uid as string };
    }
    const reusable =
      existing.stopped !== null && service.options.clock.now() - (existing.stopped as number) > NAME_KEPT_MS;
    if (!reusable) throw new AwsError('ExecutionAlreadyExists', `Execution Already Exists: '${arn}'`);
    service.db.run('DELETE FROM history WHERE execution = ?', existing.id as number);
    service.db.run('DELETE FROM executions WHERE id = ?', existing.id as number);
  }
  const versionArn = resolved.version && `${machineArn}:${resolved.version.number}`;
  const aliasArn = resolved.alias && `${machineArn}:${resolved.alias.name}`;
  const uid = service.engine.begin({
    arn,
    name,
    machineArn,
    machineName: machine.name as string,
    type,
    definition: resolved.definition,
    role: resolved.role,
    config:
      resolved.revision === null
        ? resolved.config
        : JSON.stringify({ ...JSON.parse(resolved.config), revisionId: resolved.revision }),
    updated: resolved.updated,
    input: input.value,
    inputText: input.text,
    ...how,
    ...(versionArn && { versionArn }),
    ...(aliasArn && { aliasArn }),
  });
  return { arn, started: service.options.clock.now(), uid };
}

export const startExecution: Operation = (body, service) => {
  const { arn, started } = beginExecution(service, body);
  return { executionArn: arn, startDate: seconds(started) };
};

export const describeExecution: Operation = (body, service) => {
  const row = executionRow(service, body.executionArn);
  return describe(row);
};

export function describe(row: Row): Record<string, unknown> {
  return {
    executionArn: row.arn,
    stateMachineArn: row.machine,
    name: row.name,
    status: row.status,
    startDate: seconds(row.started as number),
    stopDate: seconds(row.stopped as number | null),
    input: row.input,
    inputDetails: { included: true },
    ...(row.output !== null && { output: row.output, outputDetails: { included: true } }),
    ...(row.version !== null && { stateMachineVersionArn: row.version }),
    ...(row.alias !== null && { stateMachineAliasArn: row.alias }),
    ...(row.error !== null && { error: row.error }),
    ...(row.cause !== null && { cause: row.cause }),
    redriveCount: row.redrives,
    ...(row.redriven !== null && { redriveDate: seconds(row.redriven as number) }),
    ...redriveStatus(row),
  };
}

export const describeStateMachineForExecution: Operation = (body, service) => {
  const row = executionRow(service, body.executionArn);
  const config = JSON.parse(row.config as string) as Record<string, unknown>;
  return {
    stateMachineArn: row.machine,
    name: (row.machine as string).split(':')[6],
    ...describeDefinition(service.engine.definitionText(row.definition as number)),
    roleArn: row.role,
    updateDate: seconds(row.updated as number),
    ...config,
  };
};

const STATUSES = ['SUCCEEDED', 'TIMED_OUT', 'PENDING_REDRIVE', 'ABORTED', 'FAILED', 'RUNNING'];

export const listExecutions: Operation = (body, service) => {
  const size = pageSize(body);
  const { db } = service;
  const filter = optional(body, 'statusFilter');
  if (filter !== undefined && !STATUSES.includes(filter)) {
    throw new AwsError(
      'ValidationException',
      `1 validation error detected: Value '${filter}' at 'statusFilter' failed to satisfy constraint: Member must satisfy enum value set: [${STATUSES.join(', ')}]`,
    );
  }
  const arn = checkArn(body.stateMachineArn, 'stateMachine');
  const { machine, version, alias } = resolveMachine(service, arn, () => 0);
  if (machine.type !== 'STANDARD')
    throw new AwsError('StateMachineTypeNotSupported', 'This operation is not supported by this type of state machine');
  const token = readToken(body, 3096);
  const [started, id] = token?.split(':').map(Number) ?? [];
  const conditions = ['machine = ?'];
  const values: (string | number)[] = [machine.arn as string];
  const add = (condition: string, ...more: (string | number)[]) => {
    conditions.push(condition);
    values.push(...more);
  };
  if (alias) add('alias = ?', arn);
  else if (version) add('version = ?', arn);
  if (filter) add('status = ?', filter);
  if (started !== undefined) add('(started < ? OR (started = ? AND id < ?))', started, started, id as number);
  const rows = db.all(
    `SELECT * FROM executions WHERE ${conditions.join(' AND ')} ORDER BY started DESC, id DESC LIMIT ?`,
    ...values,
    size + 1,
  );
  const shown = page(rows, size, (row) => `${row.started}:${row.id}`);
  return {
    executions: shown.rows.map((row) => ({
      executionArn: row.arn,
      stateMachineArn: row.machine,
      name: row.name,
      status: row.status,
      startDate: seconds(row.started as number),
      ...(row.stopped !== null && { stopDate: seconds(row.stopped as number) }),
      redriveCount: row.redrives,
      ...(row.redriven !== null && { redriveDate: seconds(row.redriven as number) }),
      ...(row.version !== null && { stateMachineVersionArn: row.version }),
      ...(row.alias !== null && { stateMachineAliasArn: row.alias }),
    })),
    ...(shown.nextToken && { nextToken: shown.nextToken }),
  };
};

export const stopExecution: Operation = (body, service) => {
  const row = executionRow(service, body.executionArn);
  const error = optional(body, 'error');
  const cause = optional(body, 'cause');
  service.engine.tell(row.uid as string, {
    kind: 'stop',
    ...(error !== undefined && { error }),
    ...(cause !== undefined && { cause }),
  });
  const after = service.db.get('SELECT stopped FROM executions WHERE id = ?', row.id as number);
  return { stopDate: seconds(after?.stopped as number) };
};

export const redriveExecution: Operation = (body, service) => {
  const row = executionRow(service, body.executionArn);
  const { redriveStatus: status, redriveStatusReason } = redriveStatus(row);
  const now = service.options.clock.now();
  if (status !== 'REDRIVABLE' || now - (row.stopped as number) > REDRIVE_MS) {
    throw new AwsError(
      'ExecutionNotRedrivable',
      `Execution is not redrivable: ${redriveStatusReason ?? 'the redrive period has passed'}`,
    );
  }
  service.db.run(
    "UPDATE executions SET status = 'RUNNING', stopped = NULL, error = NULL, cause = NULL, redrives = redrives + 1, redriven = ? WHERE id = ?",
    now,
    row.id as number,
  );
  service.engine.tell(row.uid as string, { kind: 'redrive' });
  return { redriveDate: seconds(now) };
};

export const getExecutionHistory: Operation = (body, service) => {
  const size = pageSize(body);
  const row = executionRow(service, body.executionArn);
  if (row.type !== 'STANDARD') throw new AwsError('ExecutionDoesNotExist', `Execution Does Not Exist: '${row.arn}'`);
  const token = readToken(body);
  const reverse = body.reverseOrder === true;
  const id = row.id as number;
  // A row holds the events of one step, so a page may begin and end inside rows.
  const after = token === undefined ? undefined : Number(token);
  const events: HistoryEvent[] = [];
  let from = after === undefined ? undefined : after;
  while (events.length <= size) {
    const chunk = reverse
      ? service.db.all(
          'SELECT first, events FROM history WHERE execution = ? AND first < ? ORDER BY first DESC LIMIT 50',
          id,
          from ?? Number.MAX_SAFE_INTEGER,
        )
      : service.db.all(
          'SELECT first, events FROM history WHERE execution = ? AND first >= (SELECT COALESCE(MAX(first), 0) FROM history WHERE execution = ? AND first <= ?) ORDER BY first LIMIT 50',
          id,
          id,
          (from ?? 0) + 1,
        );
    if (chunk.length === 0) break;
    let added = 0;
    for (const part of chunk) {
      const list = JSON.parse(part.events as string) as HistoryEvent[];
      for (const event of reverse ? list.reverse() : list) {
        if (from !== undefined && (reverse ? event.id >= from : event.id <= from)) continue;
        events.push(event);
        from = event.id;
        added++;
      }
    }
    if (added === 0) break;
  }
  const shown = page(events, size, (event) => event.id);
  const hide = body.includeExecutionData === false;
  return {
    events: shown.rows.map((event) => ({
      ...(hide ? withoutData(event) : event),
      timestamp: seconds(event.timestamp),
    })),
    ...(shown.nextToken && { nextToken: shown.nextToken }),
  };
};

const DATA = new Set(['input', 'output', 'parameters', 'assignedVariables', 'error', 'cause']);

/** includeExecutionData false: events without inputs, outputs and causes. */
function withoutData(event: HistoryEvent): HistoryEvent {
  const copy: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(event)) {
    copy[key] =
      typeof value === 'object' ? Object.fromEntries(Object.entries(value).filter(([name]) => !DATA.has(name))) : value;
  }
  return copy as unknown as HistoryEvent;
}

/** Runs an Express machine and answers with its end. */
export const startSyncExecution: Operation = async (body, service) => {
  const begun = await service.committer.submit(() => {
    const { machine } = resolveMachine(service, body.stateMachineArn, () => 0);
    if (machine.type !== 'EXPRESS')
      throw new AwsError(
        'StateMachineTypeNotSupported',
        'This operation is not supported by this type of state machine',
      );
    return beginExecution(service, body, { synchronous: true });
  });
  await service.engine.whenEnded(begun.uid);
  const row = service.db.get('SELECT * FROM executions WHERE uid = ?', begun.uid) as Row;
  const took = Math.max(100, Math.ceil(((row.stopped as number) - (row.started as number)) / 100) * 100);
  return {
    executionArn: row.arn,
    stateMachineArn: row.machine,
    name: row.name,
    startDate: seconds(row.started as number),
    stopDate: seconds(row.stopped as number),
    status: row.status,
    ...(row.error !== null && { error: row.error }),
    ...(row.cause !== null && { cause: row.cause }),
    input: row.input,
    inputDetails: { included: true },
    ...(row.output !== null && { output: row.output }),
    outputDetails: { included: true },
    billingDetails: { billedMemoryUsedInMB: 64, billedDurationInMilliseconds: took },
  };
};
