/**
 * Errors of other services as Step Functions names and tells them. An error that the service's model does not have (a
 * request that breaks a constraint, most often) bears the name of all errors of the service.
 */
import { randomUUID } from 'node:crypto';
import { AwsError } from '../../time-source.ts';
import { modelsError } from '../models/service-models.ts';
import { TaskError } from './define-task.ts';

/** `aws-sdk:` integrations call services as Java's SDK does; where that is not the name with a capital letter. */
const SDK_NAMES: Readonly<Record<string, string>> = {
  cloudwatchlogs: 'CloudWatchLogs',
  dynamodb: 'DynamoDb',
  eventbridge: 'EventBridge',
  sesv2: 'SesV2',
};

/** `aws-sdk:` integrations: `Sfn.InvalidTokenException`, with the newer SDK's text. */
export async function sdkError(service: string, error: unknown): Promise<unknown> {
  if (!(error instanceof AwsError)) return error;
  const prefix = SDK_NAMES[service] ?? service.charAt(0).toUpperCase() + service.slice(1);
  const name = (await modelsError(service, error.code)) === false ? `${prefix}Exception` : exceptionName(error.code);
  const { HostId: host } = error.extra;
  const more = host === undefined ? '' : `, Extended Request ID: ${host}`;
  return new TaskError(
    `${prefix}.${name}`,
    `${error.message} (Service: ${prefix}, Status Code: ${error.status}, Request ID: ${randomUUID()}${more}) (SDK Attempt Count: 1)`,
  );
}

/** An optimised integration: how its errors begin, what the older SDK calls the service, and which client has its model. */
export interface Optimised {
  prefix: string;
  service: string;
  client: string;
}

/** Optimised integrations: `StepFunctions.ExecutionAlreadyExistsException`, with the older SDK's text. */
export async function optimizedError({ prefix, service, client }: Optimised, error: unknown): Promise<unknown> {
  if (!(error instanceof AwsError)) return error;
  const unknown = (await modelsError(client, error.code)) === false;
  const name = unknown ? `${service.replace(/v\d+$/, '')}Exception` : exceptionName(error.code);
  return new TaskError(
    `${prefix}.${name}`,
    `${error.message} (Service: ${service}; Status Code: ${error.status}; Error Code: ${error.queryCode ?? error.code}; Request ID: ${randomUUID()}; Proxy: null)`,
  );
}

function exceptionName(code: string): string {
  return code.endsWith('Exception') ? code : `${code}Exception`;
}
