/** TestState: one state, run by itself, with a made-up result or the real call of its task. */
import { randomUUID } from 'node:crypto';
import { compileMachine, type Effect, findState, StateTest } from '../../../../../shared/asl/index.ts';
import { AwsError } from '../../../time-source.ts';
import { statesArn } from '../../arn.ts';
import { invalid, optional } from '../../check.ts';
import type { Service } from '../../service.ts';
import { TaskError } from '../../tasks/define-task.ts';
import type { Operation } from '../define-operation.ts';
import { readInput } from '../start-execution.ts';
import { givenContext, givenItems, givenMachine, givenVariables } from './given.ts';
import { checkMock, type Mock, mockedResult } from './mock.ts';

interface Configuration {
  retrierRetryCount?: number;
  /** The state inside a Map or Parallel state that the made-up error comes from; it makes no difference here. */
  errorCausedByState?: string;
  mapIterationFailureCount?: number;
  mapItemReaderData?: string;
}

export const testState: Operation = async (body, service) => {
  const level = optional(body, 'inspectionLevel') ?? 'INFO';
  const { definition, name } = givenMachine(body);
  const machine = compileMachine(definition);
  const at = findState(machine, name);
  const state = at && machine.subs.get(at.path)?.states.get(at.state);
  if (!state) throw invalid('State not found in definition');
  const mock = body.mock as Mock | undefined;
  const configuration = (body.stateConfiguration ?? {}) as Configuration;
  if (mock) await checkMock(state, mock, body.revealSecrets === true);
  else if (state.kind.mock === 'needed')
    throw new AwsError(
      'InvalidDefinition',
      'TestState API does not support Map or Parallel states. Supported state types include: [Task, Wait, Pass, Succeed, Fail, Choice]',
    );
  const roleArn = optional(body, 'roleArn');
  const input = readInput(body);
  const context = givenContext(body, state.raw);
  const items = givenItems(state.raw, configuration.mapItemReaderData);
  const machineName = `TestState-${randomUUID()}`;
  const id = randomUUID();
  const test = new StateTest(machine, at, {
    beginning: {
      id,
      executionArn: statesArn(service.place, `express:${machineName}:${id}`),
      name: id,
      roleArn: roleArn ?? '',
      stateMachineArn: statesArn(service.place, `stateMachine:${machineName}`),
      stateMachineName: machineName,
      input: input.value,
      synchronous: true,
    },
    variables: givenVariables(body),
    now: service.options.clock.now(),
    ...(context !== undefined && { context }),
    ...(configuration.retrierRetryCount !== undefined && { retryCount: configuration.retrierRetryCount }),
    ...(items && { itemsRead: items }),
  });
  const effect = test.begin();
  if (mock?.errorOutput) test.fail(mock.errorOutput);
  else if (mock) {
    test.partsFailed(configuration.mapIterationFailureCount ?? 0);
    test.succeed(mockedResult(mock));
  } else if (effect) {
    if (roleArn === undefined) throw invalid('RoleArn must be specified when testing a Task state');
    await callTask(test, effect, { machineName, id, service });
  }
  return { ...test.outcome(), ...(level !== 'INFO' && { inspectionData: test.inspected(input.text) }) };
};

/** Makes the call of a task and hands the answer to the test. */
async function callTask(
  test: StateTest,
  effect: Effect,
  { machineName, id, service }: { machineName: string; id: string; service: Service },
): Promise<void> {
  const { resource, parameters, ticket } = effect;
  if (resource.pattern !== 'request')
    throw new AwsError(
      'InvalidDefinition',
      "TestState API supports Activity tasks and the '.sync' and '.waitForTaskToken' service integration patterns only when a mock is specified.",
    );
  const executionArn = statesArn(service.place, `express:${machineName}:${id}`);
  const stateMachineArn = statesArn(service.place, `stateMachine:${machineName}`);
  try {
    test.succeed(await service.perform({ uid: id, ticket, executionArn, stateMachineArn, resource, parameters }));
  } catch (error) {
    if (!(error instanceof TaskError)) throw error;
    const { error: name, cause } = error;
    test.fail({ ...(name !== undefined && { error: name }), ...(cause !== undefined && { cause }) });
  }
}
