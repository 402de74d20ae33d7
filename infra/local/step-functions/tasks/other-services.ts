/**
 * Optimised integrations with other services of the endpoint: what they send, and what comes back. The call itself is
 * the `call` of the options, so that each goes to the same service that applications use.
 */
import { randomUUID } from 'node:crypto';
import { isObject, type Json, type JsonObject } from '../../../../shared/asl/index.ts';
import type { Service } from '../service.ts';
import { optimizedError, sdkError } from './aws-errors.ts';
import { type Call, httpMetadata, TaskError, type TaskRunner } from './define-task.ts';

async function callService(service: Service, name: string, operation: string, parameters: Json): Promise<JsonObject> {
  const { call } = service.options;
  if (!call) throw new TaskError('States.Runtime', `${name} is not emulated here`);
  return ((await call(name, operation, parameters)) ?? {}) as JsonObject;
}

function parametersOf(call: Call): JsonObject {
  return isObject(call.parameters) ? call.parameters : {};
}

/** JSON goes as its text; what is not there stays so, for the service to say it. */
const text = (value: Json | undefined): Json =>
  value === undefined || value === null || typeof value === 'string' ? (value ?? null) : JSON.stringify(value);

export const sqsSendMessage: TaskRunner = async (call, service) => {
  const parameters = parametersOf(call);
  try {
    const answer = await callService(service, 'sqs', 'SendMessage', {
      ...parameters,
      MessageBody: text(parameters.MessageBody),
    });
    return { ...answer, ...httpMetadata(randomUUID(), 106, { 'Content-Type': 'application/x-amz-json-1.0' }) };
  } catch (error) {
    throw await optimizedError({ prefix: 'SQS', service: 'AmazonSQS', client: 'sqs' }, error);
  }
};

export const snsPublish: TaskRunner = async (call, service) => {
  const parameters = parametersOf(call);
  try {
    const answer = await callService(service, 'sns', 'Publish', { ...parameters, Message: text(parameters.Message) });
    return { ...answer, ...httpMetadata(randomUUID(), 294, { 'Content-Type': 'text/xml' }) };
  } catch (error) {
    throw await optimizedError({ prefix: 'SNS', service: 'AmazonSNS', client: 'sns' }, error);
  }
};

/** events:putEvents adds the machine and the execution to each entry's resources, and fails when an entry fails. */
export const eventsPutEvents: TaskRunner = async (call, service) => {
  const entries = (parametersOf(call).Entries ?? []) as JsonObject[];
  const sent = entries.map((entry) => ({
    ...entry,
    Detail: text(entry.Detail),
    Resources: [...((entry.Resources ?? []) as Json[]), call.stateMachineArn, call.executionArn],
  }));
  let answer: JsonObject;
  try {
    answer = await callService(service, 'events', 'PutEvents', { Entries: sent });
  } catch (error) {
    throw await optimizedError({ prefix: 'EventBridge', service: 'AmazonEventBridge', client: 'eventbridge' }, error);
  }
  if (answer.FailedEntryCount) {
    const cause = { Entries: answer.Entries ?? [], FailedEntryCount: answer.FailedEntryCount };
    throw new TaskError('EventBridge.FailedEntry', JSON.stringify(cause));
  }
  return { ...answer, ...httpMetadata(randomUUID(), 85, { 'Content-Type': 'application/x-amz-json-1.1' }) };
};

/** dynamodb:getItem, putItem, updateItem, deleteItem. */
export const dynamodb: TaskRunner = async (call, service) => {
  const action = call.resource.action ?? '';
  const operation = action.charAt(0).toUpperCase() + action.slice(1);
  try {
    const answer = await callService(service, 'dynamodb', operation, parametersOf(call));
    return {
      ...answer,
      ...httpMetadata(randomUUID(), 2, { 'Content-Type': 'application/x-amz-json-1.0', Server: 'Server' }),
    };
  } catch (error) {
    throw await optimizedError({ prefix: 'DynamoDB', service: 'AmazonDynamoDBv2', client: 'dynamodb' }, error);
  }
};

/** `aws-sdk:<service>:<operation>`: the API as it is. Bytes are text in a state machine. */
export const sdkCall: TaskRunner = async (call, service) => {
  const name = call.resource.service?.slice('aws-sdk:'.length) ?? '';
  const action = call.resource.action?.split('.')[0] ?? '';
  try {
    const operation = action.charAt(0).toUpperCase() + action.slice(1);
    const answer = await callService(service, name, operation, parametersOf(call));
    const { Body } = answer as { Body?: unknown };
    return Body instanceof Uint8Array ? { ...answer, Body: Buffer.from(Body).toString() } : answer;
  } catch (error) {
    throw await sdkError(name, error);
  }
};
