/** The operations of the API. `write`: runs inside a transaction; `free`: takes care of its own. */

import { AwsError } from '../../time-source.ts';
import type { Service } from '../service.ts';
import * as activities from './activities.ts';
import * as aliases from './aliases.ts';
import type { Operation } from './define-operation.ts';
import { describeExecution, describeStateMachineForExecution } from './describe-execution.ts';
import { getExecutionHistory } from './execution-history.ts';
import { listExecutions } from './list-executions.ts';
import * as machines from './machines.ts';
import * as mapRuns from './map-runs.ts';
import { checkMembers } from './members.ts';
import { startExecution, startSyncExecution } from './start-execution.ts';
import { redriveExecution, stopExecution } from './stop-execution.ts';
import * as tags from './tags.ts';
import * as tokens from './task-tokens.ts';
import { testState } from './test-state/test-state.ts';
import { validateStateMachineDefinition } from './validate-definition.ts';
import * as versions from './versions.ts';

const WRITES: Readonly<Record<string, Operation>> = {
  CreateStateMachine: machines.createStateMachine,
  UpdateStateMachine: machines.updateStateMachine,
  DeleteStateMachine: machines.deleteStateMachine,
  PublishStateMachineVersion: versions.publishStateMachineVersion,
  DeleteStateMachineVersion: versions.deleteStateMachineVersion,
  CreateStateMachineAlias: aliases.createStateMachineAlias,
  UpdateStateMachineAlias: aliases.updateStateMachineAlias,
  DeleteStateMachineAlias: aliases.deleteStateMachineAlias,
  StartExecution: startExecution,
  StopExecution: stopExecution,
  RedriveExecution: redriveExecution,
  SendTaskSuccess: tokens.sendTaskSuccess,
  SendTaskFailure: tokens.sendTaskFailure,
  SendTaskHeartbeat: tokens.sendTaskHeartbeat,
  CreateActivity: activities.createActivity,
  DeleteActivity: activities.deleteActivity,
  UpdateMapRun: mapRuns.updateMapRun,
  TagResource: tags.tagResource,
  UntagResource: tags.untagResource,
};

const READS: Readonly<Record<string, Operation>> = {
  DescribeStateMachine: machines.describeStateMachine,
  ListStateMachines: machines.listStateMachines,
  ListStateMachineVersions: versions.listStateMachineVersions,
  DescribeStateMachineAlias: aliases.describeStateMachineAlias,
  ListStateMachineAliases: aliases.listStateMachineAliases,
  DescribeExecution: describeExecution,
  DescribeStateMachineForExecution: describeStateMachineForExecution,
  ListExecutions: listExecutions,
  GetExecutionHistory: getExecutionHistory,
  StartSyncExecution: startSyncExecution,
  ListMapRuns: mapRuns.listMapRuns,
  DescribeMapRun: mapRuns.describeMapRun,
  DescribeActivity: activities.describeActivity,
  ListActivities: activities.listActivities,
  GetActivityTask: tokens.getActivityTask,
  ListTagsForResource: tags.listTagsForResource,
  TestState: testState,
  ValidateStateMachineDefinition: validateStateMachineDefinition,
};

/** All there are, by AWS's names. */
export const OPERATIONS: readonly string[] = [...Object.keys(WRITES), ...Object.keys(READS)];

/** Carries out one operation. Throws AwsError. */
export async function callOperation(
  operation: string,
  body: Record<string, unknown>,
  service: Service,
): Promise<unknown> {
  checkMembers(operation, body);
  const write = WRITES[operation];
  if (write) return service.committer.submit(() => write(body, service));
  const read = READS[operation];
  if (!read) throw new AwsError('UnknownOperationException', `Step Functions here has no operation ${operation}`);
  return read(body, service);
}
