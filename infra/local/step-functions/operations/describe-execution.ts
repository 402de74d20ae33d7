/** DescribeExecution, and the machine that an execution was started with. */
import { metadataOnly, seconds } from '../check.ts';
import type { Row } from '../database.ts';
import { executionRow, isChild } from '../execution-rows.ts';
import { redriveStatus } from '../redrive-status.ts';
import type { Operation } from './define-operation.ts';
import { describeDefinition } from './describe-definition.ts';

export const describeExecution: Operation = (body, service) => {
  const row = executionRow(service, body.executionArn);
  return { ...describe(row, !metadataOnly(body)), ...redriveStatus(row, service.options.clock.now()) };
};

function describe(row: Row, data: boolean): Record<string, unknown> {
  const details = { included: data };
  return {
    executionArn: row.arn,
    stateMachineArn: row.machine,
    name: row.name,
    status: row.status,
    startDate: seconds(row.started as number),
    stopDate: seconds(row.stopped as number | null),
    ...(data && { input: row.input }),
    inputDetails: details,
    ...(row.output !== null && { ...(data && { output: row.output }), outputDetails: details }),
    ...(isChild(row) && { mapRunArn: row.map_run }),
    ...(row.version !== null && { stateMachineVersionArn: row.version }),
    ...(row.alias !== null && { stateMachineAliasArn: row.alias }),
    ...(row.error !== null && data && { error: row.error }),
    ...(row.cause !== null && data && { cause: row.cause }),
    redriveCount: row.redrives,
    ...(row.redriven !== null && { redriveDate: seconds(row.redriven as number) }),
  };
}

export const describeStateMachineForExecution: Operation = (body, service) => {
  const row = executionRow(service, body.executionArn);
  const whole = !metadataOnly(body);
  if (isChild(row)) {
    const parent = service.db.get('SELECT config, updated FROM executions WHERE uid = ?', row.uid as string);
    const name = (row.machine as string).split(':')[6] as string;
    return {
      stateMachineArn: row.machine,
      name,
      ...describeDefinition(row.definition as string, whole),
      roleArn: row.role,
      updateDate: seconds(parent?.updated as number),
      mapRunArn: row.map_run,
      label: name.split('/')[1],
      ...(JSON.parse((parent?.config as string | undefined) ?? '{}') as Record<string, unknown>),
    };
  }
  const config = JSON.parse(row.config as string) as Record<string, unknown>;
  return {
    stateMachineArn: row.machine,
    name: (row.machine as string).split(':')[6],
    ...describeDefinition(service.engine.definitions.text(row.definition as number), whole),
    roleArn: row.role,
    updateDate: seconds(row.updated as number),
    ...config,
  };
};
