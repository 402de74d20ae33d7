/** Step Functions, with the answers that are not errors for us turned into values. Task tokens are never logged. */
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  type DescribeExecutionCommandOutput,
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  ExecutionNotRedrivable,
  GetExecutionHistoryCommand,
  type HistoryEvent,
  InvalidToken,
  type LoggingConfiguration,
  PublishStateMachineVersionCommand,
  RedriveExecutionCommand,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
  StateMachineAlreadyExists,
  StopExecutionCommand,
  TaskDoesNotExist,
  TaskTimedOut,
  UpdateStateMachineCommand,
} from '@aws-sdk/client-sfn';
import { environment } from '../environment.ts';
import { LEAN, lean } from '../sdk/index.ts';

let client: SFNClient | undefined;
export function states(): SFNClient {
  client ??= lean(new SFNClient(LEAN));
  return client;
}

/** The ARN that an execution of this name will have: no look-up is ever needed. */
export function executionArn(versionArn: string, name: string): string {
  const parts = versionArn.split(':');
  return [...parts.slice(0, 5), 'execution', parts[6], name].join(':');
}

/** Starts an execution; a second start of the same name is the same execution, running or over. */
export async function startExecution(versionArn: string, name: string, input: unknown): Promise<void> {
  try {
    await states().send(new StartExecutionCommand({ stateMachineArn: versionArn, name, input: JSON.stringify(input) }));
  } catch (error) {
    if (!(error instanceof ExecutionAlreadyExists)) throw error;
  }
}

/** Stops an execution with a reason; one that is over already, or never began, is left as it is. */
export async function stopExecution(arn: string, error: string, cause: string): Promise<void> {
  try {
    await states().send(new StopExecutionCommand({ executionArn: arn, error, cause }));
  } catch (problem) {
    if (!(problem instanceof ExecutionDoesNotExist)) throw problem;
  }
}

/**
 * Lets a failed execution go on at what failed. `no`: it has not failed, is going on already, or is too old (AWS redrives
 * within 14 days).
 */
export async function redriveExecution(arn: string): Promise<'done' | 'no'> {
  try {
    await states().send(new RedriveExecutionCommand({ executionArn: arn }));
    return 'done';
  } catch (error) {
    if (error instanceof ExecutionNotRedrivable || error instanceof ExecutionDoesNotExist) return 'no';
    throw error;
  }
}

/** Answers a waiting task. `gone`: it timed out or was answered or stopped meanwhile; Step Functions picks one winner. */
export async function answerTask(token: string, output: unknown): Promise<'done' | 'gone'> {
  try {
    await states().send(new SendTaskSuccessCommand({ taskToken: token, output: JSON.stringify(output) }));
    return 'done';
  } catch (error) {
    if (error instanceof TaskTimedOut || error instanceof TaskDoesNotExist || error instanceof InvalidToken)
      return 'gone';
    throw error;
  }
}

export async function describeExecution(arn: string): Promise<DescribeExecutionCommandOutput | undefined> {
  try {
    return await states().send(new DescribeExecutionCommand({ executionArn: arn }));
  } catch (error) {
    if (error instanceof ExecutionDoesNotExist) return undefined;
    throw error;
  }
}

const MAX_EVENTS = 5000;

/** The history, oldest first, at most 5,000 events; empty when AWS has forgotten it (90 days after the end). */
export async function executionHistory(arn: string): Promise<HistoryEvent[]> {
  const events: HistoryEvent[] = [];
  let nextToken: string | undefined;
  try {
    do {
      const page = await states().send(
        new GetExecutionHistoryCommand({ executionArn: arn, maxResults: 1000, nextToken, includeExecutionData: true }),
      );
      events.push(...(page.events ?? []));
      nextToken = page.nextToken;
    } while (nextToken !== undefined && events.length < MAX_EVENTS);
  } catch (error) {
    if (!(error instanceof ExecutionDoesNotExist)) throw error;
  }
  return events;
}

/**
 * Brings a journey's machine to this definition and publishes it as a version. Publishing the same definition twice
 * gives the same version (Step Functions numbers revisions), so a publish that crashed half-way can be repeated.
 */
export async function publishMachine(
  journey: string,
  definition: string,
  description: string,
  known: string | undefined,
): Promise<{ machineArn: string; versionArn: string }> {
  const roleArn = environment('EXECUTION_ROLE_ARN');
  const created = known === undefined ? await createMachine(journey, definition, roleArn) : undefined;
  const machineArn = known ?? created ?? machineArnOf(journey, roleArn);
  // The role goes with every update: creating a machine that exists does not change its role.
  const revisionId =
    created === undefined
      ? (
          await states().send(
            new UpdateStateMachineCommand({
              stateMachineArn: machineArn,
              definition,
              roleArn,
              loggingConfiguration: logging(),
            }),
          )
        ).revisionId
      : undefined;
  const published = await states().send(
    new PublishStateMachineVersionCommand({ stateMachineArn: machineArn, description, revisionId }),
  );
  return { machineArn, versionArn: published.stateMachineVersionArn! };
}

const machineName = (journey: string): string => `${environment('STATE_MACHINE_PREFIX')}${journey}`;

/** Errors go to the journeys' log group, where there is one (on AWS); inputs and outputs never do. */
function logging(): LoggingConfiguration | undefined {
  const logGroupArn = process.env['EXECUTION_LOG_GROUP_ARN'];
  if (logGroupArn === undefined || logGroupArn === '') return undefined;
  return { level: 'ERROR', includeExecutionData: false, destinations: [{ cloudWatchLogsLogGroup: { logGroupArn } }] };
}

/** Of a machine that a publish created without coming to its end. */
function machineArnOf(journey: string, roleArn: string): string {
  const [, partition, , , account] = roleArn.split(':');
  return `arn:${partition}:states:${environment('AWS_REGION')}:${account}:stateMachine:${machineName(journey)}`;
}

/** Undefined when there is one of that name already. */
async function createMachine(journey: string, definition: string, roleArn: string): Promise<string | undefined> {
  try {
    const made = await states().send(
      new CreateStateMachineCommand({
        name: machineName(journey),
        definition,
        roleArn,
        type: 'STANDARD',
        loggingConfiguration: logging(),
        tags: [{ key: 'pergola:journey', value: journey }],
      }),
    );
    return made.stateMachineArn!;
  } catch (error) {
    if (error instanceof StateMachineAlreadyExists) return undefined;
    throw error;
  }
}
