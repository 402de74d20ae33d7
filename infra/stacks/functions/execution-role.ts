import { Stack } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { FUNCTIONS, type FunctionName, type FunctionSpec } from '../../topology.ts';
import { acknowledge, wildcard } from '../acknowledge.ts';
import { EXECUTION_ROLE_NAME, stepArn } from '../names.ts';

/** The functions that state machines call. */
const stepFunctions = (): FunctionName[] =>
  Object.entries<FunctionSpec>(FUNCTIONS)
    .filter(([, spec]) => spec.trigger.type === 'step')
    .map(([name]) => name as FunctionName);

/**
 * The one role of all journeys. Whoever publishes a journey wields it, so it may call the step handlers' aliases and
 * do nothing else to our system. Log delivery and X-Ray cannot be narrowed to a resource: AWS defines none for them.
 *
 * Executions keep the role they began with but feel changes of its policy at once, also after months asleep: this
 * policy may grow, never lose an alias that a version in use calls.
 */
export function executionRole(scope: Construct): Role {
  const { account, region, partition } = Stack.of(scope);
  const role = new Role(scope, 'ExecutionRole', {
    roleName: EXECUTION_ROLE_NAME,
    description: 'Journeys: may invoke the step handlers',
    assumedBy: new ServicePrincipal('states.amazonaws.com', {
      conditions: {
        StringEquals: { 'aws:SourceAccount': account },
        ArnLike: { 'aws:SourceArn': `arn:${partition}:states:${region}:${account}:stateMachine:*` },
      },
    }),
    inlinePolicies: {
      steps: new PolicyDocument({
        statements: [
          new PolicyStatement({
            actions: ['lambda:InvokeFunction'],
            resources: stepFunctions().map((name) => stepArn(scope, name)),
          }),
        ],
      }),
      observability: new PolicyDocument({
        statements: [
          new PolicyStatement({
            actions: [
              'logs:CreateLogDelivery',
              'logs:GetLogDelivery',
              'logs:UpdateLogDelivery',
              'logs:DeleteLogDelivery',
              'logs:ListLogDeliveries',
              'logs:PutResourcePolicy',
              'logs:DescribeResourcePolicies',
              'logs:DescribeLogGroups',
            ],
            resources: ['*'],
          }),
          new PolicyStatement({
            actions: [
              'xray:PutTraceSegments',
              'xray:PutTelemetryRecords',
              'xray:GetSamplingRules',
              'xray:GetSamplingTargets',
            ],
            resources: ['*'],
          }),
        ],
      }),
    },
  });
  acknowledge(role, {
    [wildcard('*')]: 'Log delivery and X-Ray define no resources; the statement that touches our system names aliases.',
  });
  return role;
}
