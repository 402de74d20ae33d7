import { join } from 'node:path';
import { Duration } from 'aws-cdk-lib';
import { PolicyDocument, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, LoggingFormat, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction, OutputFormat, SourceMapMode } from 'aws-cdk-lib/aws-lambda-nodejs';
import type { Construct } from 'constructs';
import type { FunctionName, FunctionSpec } from '../../topology.ts';
import { acknowledge, wildcard } from '../acknowledge.ts';
import type { DeployConfig } from '../config.ts';
import { logGroup } from '../logs.ts';
import { executionArns, functionName, machineArns } from '../names.ts';
import { statements } from './policy.ts';

const ROOT = join(import.meta.dirname, '..', '..', '..');

/**
 * One function of the topology: bundled from its entry by the esbuild of this repository (no Docker), with a role, a
 * log group and an environment of its own. The AWS SDK goes into the bundle: what was tested is what runs, whichever
 * SDK the runtime brings this month.
 */
export function handler(
  scope: Construct,
  name: FunctionName,
  spec: FunctionSpec,
  environment: Record<string, string>,
  config: DeployConfig,
): NodejsFunction {
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
  const lambda = new NodejsFunction(scope, name, {
    functionName: functionName(name),
    entry: join(ROOT, spec.entry),
    handler: 'handler',
    projectRoot: ROOT,
    depsLockFilePath: join(ROOT, 'package-lock.json'),
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    timeout: Duration.seconds(spec.timeoutSeconds),
    memorySize: spec.memoryMb,
    role,
    environment,
    logGroup: log,
    loggingFormat: LoggingFormat.JSON,
    tracing: Tracing.ACTIVE,
    bundling: {
      format: OutputFormat.ESM,
      target: 'node24',
      mainFields: ['module', 'main'],
      minify: true,
      keepNames: true,
      sourceMap: true,
      sourceMapMode: SourceMapMode.DEFAULT,
      sourcesContent: false,
      bundleAwsSDK: true,
      // CommonJS packages inside an ESM bundle still call require() for Node's own modules.
      banner: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
  });
  acknowledge(lambda, {
    'Serverless-LambdaDLQ':
      'Only schedules call functions asynchronously, and theirs have a failure destination; queues and streams have dead-letter queues of their own.',
  });
  return lambda;
}
