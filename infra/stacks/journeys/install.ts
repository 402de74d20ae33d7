import { CustomResource, Duration } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Function as Lambda, LoggingFormat, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { acknowledge, wildcard } from '../acknowledge.ts';
import type { DeployConfig } from '../config.ts';
import { codeOf } from '../functions/bundle.ts';
import { logGroup } from '../logs.ts';
import { functionArn, functionName } from '../names.ts';

const NAME = 'pergola-deploy-install';
const ENTRY = 'infra/stacks/journeys/install-handler.ts';

/**
 * Installs packs as the last act of a deploy (install-handler.ts). `fingerprint` is of what they contain: when it
 * changes, CloudFormation asks again.
 */
export function installPacks(
  scope: Construct,
  config: DeployConfig,
  packs: readonly string[],
  fingerprint: string,
): CustomResource {
  const log = logGroup(scope, 'InstallLog', `/aws/lambda/${NAME}`, config);
  const role = new Role(scope, 'InstallRole', {
    roleName: NAME,
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    inlinePolicies: {
      install: new PolicyDocument({
        statements: [
          new PolicyStatement({
            actions: ['lambda:InvokeFunction'],
            resources: [functionArn(scope, 'http-publish')],
          }),
          new PolicyStatement({
            actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
            resources: [log.logGroupArn],
          }),
        ],
      }),
    },
  });
  acknowledge(role, { [wildcard('*')]: 'X-Ray (PutTraceSegments, PutTelemetryRecords) defines no resources.' });
  const install = new Lambda(scope, 'Install', {
    functionName: NAME,
    description: 'Part of a deploy: installs the packs through the publisher',
    code: codeOf(scope, [{ entry: ENTRY }])({ entry: ENTRY }),
    handler: 'index.handler',
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    // Five attempts of up to 29 s for each pack, with pauses.
    timeout: Duration.minutes(10),
    memorySize: 256,
    role,
    logGroup: log,
    loggingFormat: LoggingFormat.JSON,
    tracing: Tracing.ACTIVE,
  });
  acknowledge(install, {
    'Serverless-LambdaDLQ': 'CloudFormation calls it and hears of every failure; a dead letter would tell nobody more.',
  });
  return new CustomResource(scope, 'Packs', {
    resourceType: 'Custom::PergolaPacks',
    serviceToken: install.functionArn,
    serviceTimeout: Duration.minutes(15),
    properties: { packs, language: config.language, publisher: functionName('http-publish'), fingerprint },
  });
}
