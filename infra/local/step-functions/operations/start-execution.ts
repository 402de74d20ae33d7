/** StartExecution, StartSyncExecution, and executions that other executions start. */
import { randomInt, randomUUID } from 'node:crypto';
import { exceedsPayloadLimit, type Json } from '../../../../shared/asl/index.ts';
import { AwsError } from '../../time-source.ts';
import { executionArn } from '../arn.ts';
import { checkName, optional, readJson, seconds, validationError } from '../check.ts';
import type { Row } from '../database.ts';
import { refuseDeleting } from '../deleted-machines.ts';
import { type Resolved, resolveMachine } from '../machine-rows.ts';
import { stepRow } from '../schema.ts';
import type { Service } from '../service.ts';
import type { Operation } from './define-operation.ts';

/** A closed execution's name may be used again after this long (AWS: 90 days). */
const NAME_KEPT_MS = 90 * 86_400_000;

/** The input of an execution or of a test; `{}` where none is given. */
export function readInput(body: Record<string, unknown>): { text: string; value: Json } {
  const text = optional(body, 'input') ?? '{}';
  if (exceedsPayloadLimit(text)) {
    throw validationError(
      `Value at 'input' failed to satisfy constraint: Member must have length less than or equal to 262144`,
    );
  }
  const wrong = (message: string): never => {
    throw new AwsError('InvalidExecutionInput', `Invalid State Machine Execution Input: '${message}'`);
  };
  const value = text.trim() === '' ? wrong('Invalid execution input.') : readJson(text, wrong);
  return { text, value };
}

/** Starts an execution of what an ARN resolved to. */
export function beginExecution(
  service: Service,
  body: Record<string, unknown>,
  how: { synchronous?: boolean } = {},
): { arn: string; started: number; uid: string } {
  const resolved: Resolved = resolveMachine(service, body.stateMachineArn, () => randomInt(100));
  const { machine } = resolved;
  refuseDeleting(machine);
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
    const id = existing.id as number;
    service.db.run('DELETE FROM steps WHERE id BETWEEN ? AND ?', stepRow(id, 0), stepRow(id + 1, 0) - 1);
    service.db.run('DELETE FROM executions WHERE id = ?', id);
  }
  const versionArn = resolved.version && `${machineArn}:${resolved.version.number}`;
  const aliasArn = resolved.alias && `${machineArn}:${resolved.alias.name}`;
  const begun = service.engine.begin({
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
  return { arn, ...begun };
}

export const startExecution: Operation = (body, service) => {
  const { arn, started } = beginExecution(service, body);
  return { executionArn: arn, startDate: seconds(started) };
};

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
