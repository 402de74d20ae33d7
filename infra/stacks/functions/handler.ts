import { Duration } from 'aws-cdk-lib';
import { PolicyDocument, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, type Code, Function as Lambda, LoggingFormat, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { FunctionName, FunctionSpec } from '../../topology.ts';
import { acknowledge, wildcard } from '../acknowledge.ts';
import type { DeployConfig } from '../config.ts';
import { logGroup } from '../logs.ts';
import { executionArns, functionName, machineArns } from '../names.ts';
import { statements } from './policy.ts';

/** One function of the topology, with a role, a log group and an environment of its own. */
export function handler(
  scope: Construct,
  name: FunctionName,
  spec: FunctionSpec,
  code: Code,
  environment: Record<string, string>,
  config: DeployConfig,
): Lambda {
  const log = logGroup(scope, `${name}-log`, `/aws/lambda/${functionName(name)}`, config);
  const role = new Role(scope, `${name}-role`, {
    roleName: functionName(name),
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    inlinePolicies: { topology: new PolicyDocument({ statements: statements(scope, spec, log) }) },
  });
  acknowledge(role, {
    [wildcard('*')]: 'X-Ray (PutTraceSegments, PutTelemetryRecords) defines no resources.',
    [wildcard(machineArns(scope))]:
      'Journeys are published at run time: their machines share the prefix, nothing else does.',
    [wildcard(executionArns(scope))]:
      'Executions of those machines are named by enrolment, so only the prefix is known.',
  });
  const lambda = new Lambda(scope, name, {
    functionName: functionName(name),
    code,
    handler: 'index.handler',
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    timeout: Duration.seconds(spec.timeoutSeconds),
    memorySize: spec.memoryMb,
    role,
    environment,
    logGroup: log,
    loggingFormat: LoggingFormat.JSON,
    tracing: Tracing.ACTIVE,
  });
  acknowledge(lambda, {
    'Serverless-LambdaDLQ':
      'Only schedules call functions asynchronously, and theirs have a failure destination; queues and streams have dead-letter queues of their own.',
  });
  return lambda;
}
