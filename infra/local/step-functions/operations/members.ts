/**
 * What the API's own model asks of the members of a request, before an operation looks at it: which must be there, and
 * how long texts may be. (AWS's model of Step Functions, 2016-11-23. What is asked of `maxResults` and `nextToken`, and
 * of texts besides their length, is checked where they are read.)
 */
import { AwsError } from '../../time-source.ts';

const REQUIRED: Readonly<Record<string, readonly string[]>> = {
  CreateActivity: ['name'],
  CreateStateMachine: ['name', 'definition', 'roleArn'],
  CreateStateMachineAlias: ['name', 'routingConfiguration'],
  DeleteActivity: ['activityArn'],
  DeleteStateMachine: ['stateMachineArn'],
  DeleteStateMachineAlias: ['stateMachineAliasArn'],
  DeleteStateMachineVersion: ['stateMachineVersionArn'],
  DescribeActivity: ['activityArn'],
  DescribeExecution: ['executionArn'],
  DescribeMapRun: ['mapRunArn'],
  DescribeStateMachine: ['stateMachineArn'],
  DescribeStateMachineAlias: ['stateMachineAliasArn'],
  DescribeStateMachineForExecution: ['executionArn'],
  GetActivityTask: ['activityArn'],
  GetExecutionHistory: ['executionArn'],
  ListMapRuns: ['executionArn'],
  ListStateMachineAliases: ['stateMachineArn'],
  ListStateMachineVersions: ['stateMachineArn'],
  ListTagsForResource: ['resourceArn'],
  PublishStateMachineVersion: ['stateMachineArn'],
  RedriveExecution: ['executionArn'],
  SendTaskFailure: ['taskToken'],
  SendTaskHeartbeat: ['taskToken'],
  SendTaskSuccess: ['taskToken', 'output'],
  StartExecution: ['stateMachineArn'],
  StartSyncExecution: ['stateMachineArn'],
  StopExecution: ['executionArn'],
  TagResource: ['resourceArn', 'tags'],
  TestState: ['definition'],
  UntagResource: ['resourceArn', 'tagKeys'],
  UpdateMapRun: ['mapRunArn'],
  UpdateStateMachine: ['stateMachineArn'],
  UpdateStateMachineAlias: ['stateMachineAliasArn'],
  ValidateStateMachineDefinition: ['definition'],
};

interface Length {
  readonly least: number;
  readonly most: number;
  /** AWS does not repeat it in an error. */
  readonly secret?: true;
}

const ARN: Length = { least: 1, most: 256 };
const LONG_ARN: Length = { least: 1, most: 2000 };
const DESCRIPTION: Length = { least: 0, most: 256, secret: true };

/** A member has the same bounds wherever it stands. */
const LENGTHS: Readonly<Record<string, Length>> = {
  activityArn: ARN,
  executionArn: ARN,
  resourceArn: ARN,
  roleArn: ARN,
  stateMachineAliasArn: ARN,
  stateMachineArn: ARN,
  mapRunArn: LONG_ARN,
  stateMachineVersionArn: LONG_ARN,
  name: { least: 1, most: 80 },
  stateName: { least: 1, most: 80, secret: true },
  workerName: { least: 1, most: 80 },
  clientToken: { least: 1, most: 64 },
  taskToken: { least: 1, most: 2048 },
  traceHeader: { least: 0, most: 256 },
  definition: { least: 1, most: 1_048_576, secret: true },
  description: DESCRIPTION,
  versionDescription: DESCRIPTION,
  error: DESCRIPTION,
  cause: { least: 0, most: 32_768, secret: true },
};

/** Throws ValidationException, which tells of all members that are missing, too short or too long. */
export function checkMembers(operation: string, body: Record<string, unknown>): void {
  const problems: string[] = [];
  for (const member of REQUIRED[operation] ?? []) {
    if (body[member] === undefined || body[member] === null)
      problems.push(`Value null at '${member}' failed to satisfy constraint: Member must not be null`);
  }
  for (const member in body) {
    const value = body[member];
    const length = Object.hasOwn(LENGTHS, member) ? LENGTHS[member] : undefined;
    if (!length || typeof value !== 'string') continue;
    const bound = outside(value.length, length);
    if (!bound) continue;
    const shown = length.secret ? 'Value' : `Value '${value}'`;
    problems.push(`${shown} at '${member}' failed to satisfy constraint: Member must have length ${bound}`);
  }
  if (problems.length === 0) return;
  const count = problems.length === 1 ? '1 validation error' : `${problems.length} validation errors`;
  throw new AwsError('ValidationException', `${count} detected: ${problems.join('; ')}`);
}

function outside(length: number, { least, most }: Length): string | undefined {
  if (length < least) return `greater than or equal to ${least}`;
  return length > most ? `less than or equal to ${most}` : undefined;
}
