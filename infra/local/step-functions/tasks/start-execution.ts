/** `arn:aws:states:::states:startExecution`, `.sync`, `.sync:2`, `.waitForTaskToken`. */
import { randomUUID } from 'node:crypto';
import { isObject, type Json } from '../../../../shared/asl/index.ts';
import { checkMembers } from '../operations/members.ts';
import { beginExecution } from '../operations/start-execution.ts';
import { optimizedError } from './aws-errors.ts';
import { httpMetadata, type TaskRunner } from './define-task.ts';

export const startExecution: TaskRunner = async (call, service) => {
  const parameters = isObject(call.parameters) ? call.parameters : {};
  const given = parameters.Input ?? {};
  const body = {
    stateMachineArn: parameters.StateMachineArn,
    input: typeof given === 'string' ? given : JSON.stringify(given),
    ...(typeof parameters.Name === 'string' && { name: parameters.Name }),
  };
  try {
    return await service.committer.submit(() => {
      // A call made again after a crash has a name of its own only where the definition gave none.
      const name = body.name ?? `${call.executionArn.split(':').at(-1)?.slice(0, 40)}-${call.ticket}`;
      checkMembers('StartExecution', { ...body, name });
      const { arn, started } = beginExecution(service, { ...body, name });
      const answer: Json = {
        ExecutionArn: arn,
        ...httpMetadata(randomUUID(), 161),
        StartDate: started,
      };
      if (call.resource.pattern === 'job') service.engine.waitFor(arn, call.uid, call.ticket, answer);
      return answer;
    });
  } catch (error) {
    throw await optimizedError({ prefix: 'StepFunctions', service: 'AWSStepFunctions', client: 'sfn' }, error);
  }
};
