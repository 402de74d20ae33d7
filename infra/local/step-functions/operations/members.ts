/**
 * What the API's own model asks of the members of a request, before an operation looks at it: which must be there, how
 * long texts and how large numbers may be, and which values there are. All that is wrong is told at once.
 * Source: AWS's model of Step Functions, 2016-11-23.
 */
import { flag, list, required, type Shape, shape, structure, text, whole } from '../../endpoint/shape.ts';

const arn = text({ min: 1, max: 256 });
const longArn = text({ min: 1, max: 2000 });
const name = text({ min: 1, max: 80 });
const secretName = text({ min: 1, max: 80, secret: true });
const definition = text({ min: 1, max: 1_048_576, secret: true });
const payload = text({ max: 262_144, secret: true });
const description = text({ max: 256, secret: true });
const error = text({ max: 256, secret: true });
const cause = text({ max: 32_768, secret: true });
const taskToken = required(text({ min: 1, max: 2048 }));
const type = text({ oneOf: ['STANDARD', 'EXPRESS'] });
const includedData = text({ oneOf: ['ALL_DATA', 'METADATA_ONLY'] });
const count = whole({ min: 0 });
const tagKey = text({ min: 1, max: 128 });
const tags = list(structure({ key: tagKey, value: text({ max: 256 }) }));
const pages = (longestToken = 1024) => ({
  maxResults: whole({ min: 0, max: 1000 }),
  nextToken: text({ min: 1, max: longestToken }),
});

const encryptionConfiguration = structure({
  kmsKeyId: text({ min: 1, max: 2048 }),
  kmsDataKeyReusePeriodSeconds: whole({ min: 60, max: 900 }),
  type: required(text({ oneOf: ['AWS_OWNED_KEY', 'CUSTOMER_MANAGED_KMS_KEY'] })),
});

const configuration = {
  loggingConfiguration: structure({
    level: text({ oneOf: ['ALL', 'ERROR', 'FATAL', 'OFF'] }),
    includeExecutionData: flag,
    destinations: list(structure({ cloudWatchLogsLogGroup: structure({ logGroupArn: arn }) })),
  }),
  tracingConfiguration: structure({ enabled: flag }),
  publish: flag,
  versionDescription: description,
  encryptionConfiguration,
};

const routingConfiguration = list(
  structure(
    { stateMachineVersionArn: required(arn), weight: required(whole({ min: 0, max: 100 })) },
    { name: 'RoutingConfigurationListItem' },
  ),
  { min: 1, max: 2 },
);

const start = {
  stateMachineArn: required(arn),
  name,
  input: payload,
  traceHeader: text({ max: 256, pattern: '\\p{ASCII}*' }),
};

const ofExecution = { executionArn: required(arn) };
const ofMachine = { stateMachineArn: required(arn) };

const SHAPES: Readonly<Record<string, Shape<unknown>>> = {
  CreateActivity: shape({ name: required(name), tags, encryptionConfiguration }),
  CreateStateMachine: shape({
    name: required(name),
    definition: required(definition),
    roleArn: required(arn),
    type,
    tags,
    ...configuration,
  }),
  CreateStateMachineAlias: shape({
    description,
    name: required(text({ min: 1, max: 80, pattern: '^(?=.*[a-zA-Z_\\-\\.])[a-zA-Z0-9_\\-\\.]+$' })),
    routingConfiguration: required(routingConfiguration),
  }),
  DeleteActivity: shape({ activityArn: required(arn) }),
  DeleteStateMachine: shape(ofMachine),
  DeleteStateMachineAlias: shape({ stateMachineAliasArn: required(arn) }),
  DeleteStateMachineVersion: shape({ stateMachineVersionArn: required(longArn) }),
  DescribeActivity: shape({ activityArn: required(arn) }),
  DescribeExecution: shape({ ...ofExecution, includedData }),
  DescribeMapRun: shape({ mapRunArn: required(longArn) }),
  DescribeStateMachine: shape({ ...ofMachine, includedData }),
  DescribeStateMachineAlias: shape({ stateMachineAliasArn: required(arn) }),
  DescribeStateMachineForExecution: shape({ ...ofExecution, includedData }),
  GetActivityTask: shape({ activityArn: required(arn), workerName: name }),
  GetExecutionHistory: shape({ ...ofExecution, ...pages(), reverseOrder: flag, includeExecutionData: flag }),
  ListActivities: shape(pages()),
  ListExecutions: shape({
    stateMachineArn: arn,
    // In this order, as recorded.
    statusFilter: text({ oneOf: ['SUCCEEDED', 'TIMED_OUT', 'PENDING_REDRIVE', 'ABORTED', 'FAILED', 'RUNNING'] }),
    ...pages(3096),
    mapRunArn: longArn,
    redriveFilter: text({ oneOf: ['REDRIVEN', 'NOT_REDRIVEN'] }),
  }),
  ListMapRuns: shape({ ...ofExecution, ...pages() }),
  ListStateMachineAliases: shape({ ...ofMachine, ...pages() }),
  ListStateMachineVersions: shape({ ...ofMachine, ...pages() }),
  ListStateMachines: shape(pages()),
  ListTagsForResource: shape({ resourceArn: required(arn) }),
  PublishStateMachineVersion: shape({ ...ofMachine, revisionId: text(), description }),
  RedriveExecution: shape({ ...ofExecution, clientToken: text({ min: 1, max: 64, pattern: '[!-~]+' }) }),
  SendTaskFailure: shape({ taskToken, error, cause }),
  SendTaskHeartbeat: shape({ taskToken }),
  SendTaskSuccess: shape({ taskToken, output: required(payload) }),
  StartExecution: shape(start),
  StartSyncExecution: shape({ ...start, includedData }),
  StopExecution: shape({ ...ofExecution, error, cause }),
  TagResource: shape({ resourceArn: required(arn), tags: required(tags) }),
  TestState: shape({
    definition: required(definition),
    roleArn: arn,
    input: payload,
    inspectionLevel: text({ oneOf: ['INFO', 'DEBUG', 'TRACE'] }),
    revealSecrets: flag,
    variables: payload,
    stateName: secretName,
    mock: structure({
      result: payload,
      errorOutput: structure({ error, cause }),
      fieldValidationMode: text({ oneOf: ['STRICT', 'PRESENT', 'NONE'] }),
    }),
    context: payload,
    stateConfiguration: structure({
      retrierRetryCount: count,
      errorCausedByState: secretName,
      mapIterationFailureCount: count,
      mapItemReaderData: payload,
    }),
  }),
  UntagResource: shape({ resourceArn: required(arn), tagKeys: required(list(tagKey)) }),
  UpdateMapRun: shape({
    mapRunArn: required(longArn),
    maxConcurrency: count,
    toleratedFailurePercentage: whole({ min: 0, max: 100 }),
    toleratedFailureCount: count,
  }),
  UpdateStateMachine: shape({ ...ofMachine, definition, roleArn: arn, ...configuration }),
  UpdateStateMachineAlias: shape({ stateMachineAliasArn: required(arn), description, routingConfiguration }),
  ValidateStateMachineDefinition: shape({
    definition: required(definition),
    type,
    severity: text({ oneOf: ['ERROR', 'WARNING'] }),
    maxResults: whole({ min: 0, max: 100 }),
  }),
};

/** Throws ValidationException, which tells of all members that break a rule, or SerializationException. */
export function checkMembers(operation: string, body: Record<string, unknown>): void {
  SHAPES[operation]?.(body);
}
