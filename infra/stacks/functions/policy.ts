import { Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { BUS_NAME, type FunctionSpec, type StatesAction, type TableName } from '../../topology.ts';
import { executionArns, executionRoleArn, machineArns, parameterPath, readableArns, tableArn } from '../names.ts';

const READ = ['GetItem', 'BatchGetItem', 'Query', 'ConditionCheckItem'];
const WRITE = ['PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem'];
const dynamodb = (actions: readonly string[]): string[] => actions.map((action) => `dynamodb:${action}`);

/** What an action of Step Functions is permitted on: a machine (and its versions) or an execution. */
const STATES_TARGET: Record<StatesAction, 'machine' | 'execution'> = {
  StartExecution: 'machine',
  SendTaskSuccess: 'machine',
  CreateStateMachine: 'machine',
  UpdateStateMachine: 'machine',
  PublishStateMachineVersion: 'machine',
  DescribeStateMachine: 'machine',
  TagResource: 'machine',
  StopExecution: 'execution',
  DescribeExecution: 'execution',
  GetExecutionHistory: 'execution',
  RedriveExecution: 'execution',
};

/**
 * The permissions of one function, from its entry in the topology and nothing else: no action has a wildcard, no table
 * is reached that is not named, and no function may scan.
 */
export function statements(scope: Construct, spec: FunctionSpec, log: LogGroup): PolicyStatement[] {
  return [
    ...tables(scope, spec),
    ...bus(scope, spec),
    ...states(scope, spec),
    ...parameter(scope, spec),
    ...passRole(scope, spec),
    writeLog(log),
  ];
}

function tables(scope: Construct, spec: FunctionSpec): PolicyStatement[] {
  return Object.entries(spec.tables).flatMap(([name, access]) => {
    const table = name as TableName;
    const read = new PolicyStatement({ actions: dynamodb(READ), resources: readableArns(scope, table) });
    const write = new PolicyStatement({ actions: dynamodb(WRITE), resources: [tableArn(scope, table)] });
    return access === 'rw' ? [read, write] : [read];
  });
}

function bus(scope: Construct, spec: FunctionSpec): PolicyStatement[] {
  const arn = Stack.of(scope).formatArn({ service: 'events', resource: 'event-bus', resourceName: BUS_NAME });
  return spec.bus ? [new PolicyStatement({ actions: ['events:PutEvents'], resources: [arn] })] : [];
}

/** Decrypting needs no permission of its own: the key is AWS's for SSM, which serves whoever may read the parameter. */
function parameter(scope: Construct, { parameter: name }: FunctionSpec): PolicyStatement[] {
  if (name === undefined) return [];
  const arn = Stack.of(scope).formatArn({
    service: 'ssm',
    resource: 'parameter',
    resourceName: parameterPath(name).slice(1),
  });
  return [new PolicyStatement({ actions: ['ssm:GetParameter'], resources: [arn] })];
}

function states(scope: Construct, spec: FunctionSpec): PolicyStatement[] {
  const on = (target: 'machine' | 'execution'): string[] =>
    (spec.states ?? []).filter((action) => STATES_TARGET[action] === target).map((action) => `states:${action}`);
  return [
    new PolicyStatement({ actions: on('machine'), resources: [machineArns(scope)] }),
    new PolicyStatement({ actions: on('execution'), resources: [executionArns(scope)] }),
  ].filter((statement) => statement.actions.length > 0);
}

/** Whoever may publish a journey wields the execution role: this one role, and for Step Functions only. */
function passRole(scope: Construct, spec: FunctionSpec): PolicyStatement[] {
  if (!spec.passRole) return [];
  return [
    new PolicyStatement({
      actions: ['iam:PassRole'],
      resources: [executionRoleArn(scope)],
      conditions: { StringEquals: { 'iam:PassedToService': 'states.amazonaws.com' } },
    }),
  ];
}

function writeLog(log: LogGroup): PolicyStatement {
  return new PolicyStatement({ actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [log.logGroupArn] });
}
