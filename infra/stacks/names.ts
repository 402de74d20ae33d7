import { ArnFormat, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import {
  FUNCTION_PREFIX,
  type FunctionName,
  STATE_MACHINE_PREFIX,
  STEP_ALIAS,
  TABLES,
  type TableName,
  type TableSpec,
} from '../topology.ts';

/*
 * Names are fixed by the topology, so stacks speak of each other's resources by name instead of by CloudFormation
 * export: a function that leaves the topology can then leave its stack, and policies, alarms and environments are plain
 * texts that can be read. What AWS names itself (stream ARNs, the key) is handed over as constructs.
 */
export const functionName = (name: FunctionName): string => `${FUNCTION_PREFIX}${name}`;
export const tableName = (table: TableName): string => `pergola-${table}`;
export const queueName = (queue: string): string => `pergola-${queue}`;
export const EXECUTION_ROLE_NAME = 'pergola-journeys';
export const EXECUTION_LOG_GROUP = '/aws/vendedlogs/states/pergola';
export const PROJECT_TAG = { key: 'project', value: 'pergola' };

export const functionArn = (scope: Construct, name: FunctionName): string =>
  Stack.of(scope).formatArn({
    service: 'lambda',
    resource: 'function',
    resourceName: functionName(name),
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });

/** The ARN that state machines invoke: the alias, never a version, so that sleeping executions find the handler. */
export const stepArn = (scope: Construct, name: FunctionName): string => `${functionArn(scope, name)}:${STEP_ALIAS}`;

export const executionRoleArn = (scope: Construct): string =>
  Stack.of(scope).formatArn({ service: 'iam', region: '', resource: 'role', resourceName: EXECUTION_ROLE_NAME });

export const executionLogGroupArn = (scope: Construct): string =>
  Stack.of(scope).formatArn({
    service: 'logs',
    resource: 'log-group',
    resourceName: `${EXECUTION_LOG_GROUP}:*`,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });

/** Name of a SecureString of the parameter store that an operator writes; it begins with a slash, its ARN does not. */
export const parameterPath = (name: string): string => `/pergola/${name}`;

/** Our machines and their versions. */
export const machineArns = (scope: Construct): string =>
  Stack.of(scope).formatArn({
    service: 'states',
    resource: 'stateMachine',
    resourceName: `${STATE_MACHINE_PREFIX}*`,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });

/** The executions of our machines. */
export const executionArns = (scope: Construct): string =>
  Stack.of(scope).formatArn({
    service: 'states',
    resource: 'execution',
    resourceName: `${STATE_MACHINE_PREFIX}*:*`,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });

export const tableArn = (scope: Construct, table: TableName): string =>
  Stack.of(scope).formatArn({ service: 'dynamodb', resource: 'table', resourceName: tableName(table) });

/** The table's own ARN and those of its indexes, each by name. */
export const readableArns = (scope: Construct, table: TableName): string[] => {
  const spec: TableSpec = TABLES[table];
  const arn = tableArn(scope, table);
  return [arn, ...Object.keys(spec.indexes ?? {}).map((index) => `${arn}/index/${index}`)];
};
